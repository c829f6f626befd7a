alter table consignments
  add constraint consignments_warehouse_id_fkey foreign key (warehouse_id) references warehouses (id);
create index consignments_warehouse_id_idx on consignments (warehouse_id);

alter table demand reset (fillfactor);
alter table demand add constraint demand_supply_id_fkey
  foreign key (supply_id) references supply (id) on delete set null;
create index demand_supply_id_idx on demand (supply_id) where supply_id is not null;
