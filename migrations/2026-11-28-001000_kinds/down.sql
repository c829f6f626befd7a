alter table warehouses
  drop constraint warehouses_ships_orders_check,
  drop constraint warehouses_counts_for_selling_check,
  drop constraint warehouses_in_supply_needs_check;
comment on column warehouses.kind is null;
