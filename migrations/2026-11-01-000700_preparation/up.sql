create sequence shipment_numbers;

create table shipments (
  id bigint generated always as identity,
  number text not null,
  order_id bigint not null,
  warehouse_id bigint not null,
  status text not null default 'to_pick',
  operator_id bigint,
  carrier text not null default '',
  tracking_number text not null default '',
  created_at timestamptz not null default moment(),
  picked_at timestamptz,
  packed_at timestamptz,
  shipped_at timestamptz,
  cancelled_at timestamptz,
  constraint shipments_pkey primary key (id),
  constraint shipments_number_key unique (number),
  constraint shipments_order_id_fkey foreign key (order_id) references orders (id),
  constraint shipments_warehouse_id_fkey foreign key (warehouse_id) references warehouses (id),
  constraint shipments_operator_id_fkey foreign key (operator_id) references users (id),
  constraint shipments_status_check check (status in ('to_pick', 'picked', 'packed', 'shipped', 'cancelled')),
  constraint shipments_shipped_at_check check ((status = 'shipped') = (shipped_at is not null))
);
create index shipments_order_id_idx on shipments (order_id);
create unique index shipments_under_way_key on shipments (order_id, warehouse_id)
  where status in ('to_pick', 'picked', 'packed');
create index shipments_warehouse_id_idx on shipments (warehouse_id);
create index shipments_shipped_idx on shipments (warehouse_id, shipped_at desc) where status = 'shipped';
create index shipments_operator_id_idx on shipments (operator_id);
comment on table shipments is 'Parcels: to pick, picked, packed, shipped. An order is in preparation once per warehouse.';

create table shipment_lines (
  id bigint generated always as identity,
  shipment_id bigint not null,
  order_line_id bigint not null,
  product_id bigint not null,
  quantity integer not null,
  constraint shipment_lines_pkey primary key (id),
  constraint shipment_lines_shipment_id_order_line_id_key unique (shipment_id, order_line_id),
  constraint shipment_lines_shipment_id_fkey foreign key (shipment_id) references shipments (id),
  constraint shipment_lines_order_line_id_fkey foreign key (order_line_id) references order_lines (id),
  constraint shipment_lines_product_id_fkey foreign key (product_id) references products (id),
  constraint shipment_lines_quantity_check check (quantity > 0)
);
create index shipment_lines_order_line_id_idx on shipment_lines (order_line_id);
create index shipment_lines_product_id_idx on shipment_lines (product_id);
