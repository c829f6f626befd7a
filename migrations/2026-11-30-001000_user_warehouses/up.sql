create table user_warehouses (
  user_id bigint not null,
  warehouse_id bigint not null,
  constraint user_warehouses_pkey primary key (user_id, warehouse_id),
  constraint user_warehouses_user_id_fkey foreign key (user_id) references users,
  constraint user_warehouses_warehouse_id_fkey foreign key (warehouse_id) references warehouses
);
create index user_warehouses_warehouse_id_idx on user_warehouses (warehouse_id);
comment on table user_warehouses is 'The warehouses a user is limited to; without any, a user sees and touches all of them.';
