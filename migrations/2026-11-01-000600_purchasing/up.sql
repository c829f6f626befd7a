create sequence purchase_order_numbers;
create sequence reception_numbers;

create table purchase_orders (
  id bigint generated always as identity,
  number text not null,
  supplier_id bigint not null,
  warehouse_id bigint not null,
  status text not null default 'draft',
  expected_on date,
  confirmed_on date,
  currency text not null,
  rate bigint not null default 1000000,
  shipping_cost bigint not null default 0,
  supplier_comment text not null default '',
  internal_note text not null default '',
  version integer not null default 0,
  created_by bigint,
  created_at timestamptz not null default moment(),
  sent_at timestamptz,
  closed_at timestamptz,
  constraint purchase_orders_pkey primary key (id),
  constraint purchase_orders_number_key unique (number),
  constraint purchase_orders_supplier_id_fkey foreign key (supplier_id) references suppliers (id),
  constraint purchase_orders_warehouse_id_fkey foreign key (warehouse_id) references warehouses (id),
  constraint purchase_orders_created_by_fkey foreign key (created_by) references users (id),
  constraint purchase_orders_status_check
    check (status in ('draft', 'sent', 'confirmed', 'partly_received', 'received', 'cancelled')),
  constraint purchase_orders_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint purchase_orders_rate_check check (rate > 0),
  constraint purchase_orders_shipping_cost_check check (shipping_cost >= 0),
  constraint purchase_orders_sent_at_check check (status in ('draft', 'cancelled') or sent_at is not null)
);
create index purchase_orders_supplier_id_idx on purchase_orders (supplier_id, id desc);
create index purchase_orders_warehouse_id_idx on purchase_orders (warehouse_id);
create index purchase_orders_created_by_idx on purchase_orders (created_by);
create index purchase_orders_open_idx on purchase_orders (id desc)
  where status in ('draft', 'sent', 'confirmed', 'partly_received');
create index purchase_orders_created_at_idx on purchase_orders (created_at desc, id desc);
comment on column purchase_orders.confirmed_on is 'The date the supplier confirmed; it goes before expected_on.';
comment on column purchase_orders.rate is 'What one unit of the currency is worth, in millionths of the company currency.';
comment on column purchase_orders.supplier_comment is 'Printed for the supplier to read.';

create table purchase_order_lines (
  id bigint generated always as identity,
  purchase_order_id bigint not null,
  line_number integer not null,
  product_id bigint not null,
  supplier_sku text not null default '',
  ordered integer not null,
  received integer not null default 0,
  cancelled integer not null default 0,
  unit_price bigint not null default 0,
  expected_on date,
  constraint purchase_order_lines_pkey primary key (id),
  constraint purchase_order_lines_purchase_order_id_line_number_key unique (purchase_order_id, line_number),
  constraint purchase_order_lines_purchase_order_id_fkey
    foreign key (purchase_order_id) references purchase_orders (id) on delete cascade,
  constraint purchase_order_lines_product_id_fkey foreign key (product_id) references products (id),
  constraint purchase_order_lines_ordered_check check (ordered > 0),
  constraint purchase_order_lines_received_check check (received >= 0),
  constraint purchase_order_lines_cancelled_check check (cancelled between 0 and ordered),
  constraint purchase_order_lines_unit_price_check check (unit_price >= 0)
);
create index purchase_order_lines_product_id_idx on purchase_order_lines (product_id);
comment on column purchase_order_lines.expected_on is 'Own date of the line; null: the date of the order.';
comment on column purchase_order_lines.received is 'May exceed ordered: a delivery over the order is a recorded reception.';

create table receptions (
  id bigint generated always as identity,
  number text not null,
  purchase_order_id bigint not null,
  warehouse_id bigint not null,
  note text not null default '',
  received_by bigint,
  received_at timestamptz not null default moment(),
  constraint receptions_pkey primary key (id),
  constraint receptions_number_key unique (number),
  constraint receptions_purchase_order_id_fkey foreign key (purchase_order_id) references purchase_orders (id),
  constraint receptions_warehouse_id_fkey foreign key (warehouse_id) references warehouses (id),
  constraint receptions_received_by_fkey foreign key (received_by) references users (id)
);
create index receptions_purchase_order_id_idx on receptions (purchase_order_id);
create index receptions_warehouse_id_idx on receptions (warehouse_id);
create index receptions_received_by_idx on receptions (received_by);
create index receptions_received_at_idx on receptions (received_at desc, id desc);

create table reception_lines (
  id bigint generated always as identity,
  reception_id bigint not null,
  purchase_order_line_id bigint not null,
  product_id bigint not null,
  quantity integer not null,
  constraint reception_lines_pkey primary key (id),
  constraint reception_lines_reception_id_fkey foreign key (reception_id) references receptions (id),
  constraint reception_lines_purchase_order_line_id_fkey
    foreign key (purchase_order_line_id) references purchase_order_lines (id),
  constraint reception_lines_product_id_fkey foreign key (product_id) references products (id),
  constraint reception_lines_quantity_check check (quantity > 0)
);
create index reception_lines_reception_id_idx on reception_lines (reception_id);
create index reception_lines_purchase_order_line_id_idx on reception_lines (purchase_order_line_id);
create index reception_lines_product_id_idx on reception_lines (product_id);
create trigger reception_lines_append_only before update or delete on reception_lines
  for each row execute function refuse_change();

create table replenishment_choices (
  user_id bigint not null,
  warehouse_id bigint not null,
  product_id bigint not null,
  quantity integer not null,
  constraint replenishment_choices_pkey primary key (user_id, warehouse_id, product_id),
  constraint replenishment_choices_user_id_fkey foreign key (user_id) references users (id),
  constraint replenishment_choices_warehouse_id_fkey foreign key (warehouse_id) references warehouses (id),
  constraint replenishment_choices_product_id_fkey foreign key (product_id) references products (id),
  constraint replenishment_choices_quantity_check check (quantity > 0)
);
create index replenishment_choices_warehouse_id_idx on replenishment_choices (warehouse_id);
create index replenishment_choices_product_id_idx on replenishment_choices (product_id);
comment on table replenishment_choices is 'What a buyer typed on the replenishment page and has not ordered yet.';
