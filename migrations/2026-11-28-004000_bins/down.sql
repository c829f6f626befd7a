alter table movements drop constraint movements_places_check, drop constraint movements_reason_check,
  drop column from_location_id, drop column to_location_id;
alter table movements
  add constraint movements_reason_check
    check (reason in ('reception', 'shipment', 'adjustment', 'transfer', 'count', 'return', 'scrap')),
  add constraint movements_places_check
    check (num_nonnulls(from_warehouse_id, to_warehouse_id) >= 1 and from_warehouse_id is distinct from to_warehouse_id);
comment on column movements.from_warehouse_id is 'Null: it came from outside.';
comment on column movements.to_warehouse_id is 'Null: it left.';
drop table bin_holds;
drop table bin_contents;
drop table locations;
alter table warehouses drop column pick_by;
comment on column warehouses.uses_locations is null;
