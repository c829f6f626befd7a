-- So far a kind was only a word. Where orders wait, or the primary one is, it is a building in truth.
update warehouses w set kind = 'building'
where kind not in ('building', 'shop')
  and (is_primary or exists (select from demand d where d.warehouse_id = w.id));
update warehouses
set ships_orders = false,
  counts_for_selling = counts_for_selling and kind = 'supplier',
  in_supply_needs = in_supply_needs and kind <> 'defective'
where kind not in ('building', 'shop');

alter table warehouses
  add constraint warehouses_ships_orders_check
    check (kind in ('building', 'shop') or not ships_orders and not is_primary),
  add constraint warehouses_counts_for_selling_check
    check (kind not in ('defective', 'set_aside') or not counts_for_selling),
  add constraint warehouses_in_supply_needs_check check (kind <> 'defective' or not in_supply_needs);
comment on column warehouses.kind is
  'A supplier''s goods ship through a transfer only; no order takes what is set aside; what is defective is neither sold nor needed.';
