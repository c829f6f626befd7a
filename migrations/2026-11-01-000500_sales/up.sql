create table customers (
  id bigint generated always as identity,
  code text not null,
  name text not null,
  email text not null default '',
  phone text not null default '',
  address text not null default '',
  country text not null default '',
  priority text not null default 'normal',
  shipping_policy text not null default 'partial_allowed',
  note text not null default '',
  created_at timestamptz not null default moment(),
  constraint customers_pkey primary key (id),
  constraint customers_code_key unique (code),
  constraint customers_code_check check (length(code) between 1 and 64),
  constraint customers_name_check check (length(btrim(name)) between 1 and 200),
  constraint customers_priority_check check (priority in ('urgent', 'high', 'normal', 'low')),
  constraint customers_shipping_policy_check check (shipping_policy in ('partial_allowed', 'complete_only'))
);
create index customers_name_idx on customers (lower(name) text_pattern_ops, id);
create index customers_sort_idx on customers (lower(name), id);
create index customers_code_prefix_idx on customers (code text_pattern_ops);
comment on column customers.code is 'What the merchant calls the customer: an account number.';
comment on column customers.priority is 'Class of new orders of this customer.';

create sequence order_numbers;

create table orders (
  id bigint generated always as identity,
  number text not null,
  channel text not null default 'manual',
  external_reference text not null default '',
  customer_id bigint not null,
  ship_to text not null default '',
  country text not null default '',
  currency text not null default 'EUR',
  placed_at timestamptz not null,
  priority text not null default 'normal',
  required_by date,
  shipping_policy text not null default 'partial_allowed',
  shipping_method text not null default '',
  status text not null default 'open',
  held_at timestamptz,
  hold_reason text not null default '',
  total bigint not null default 0,
  note text not null default '',
  version integer not null default 0,
  created_at timestamptz not null default moment(),
  closed_at timestamptz,
  constraint orders_pkey primary key (id),
  constraint orders_number_key unique (number),
  constraint orders_customer_id_fkey foreign key (customer_id) references customers (id),
  constraint orders_number_check check (length(number) between 1 and 64),
  constraint orders_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint orders_priority_check check (priority in ('urgent', 'high', 'normal', 'low')),
  constraint orders_shipping_policy_check check (shipping_policy in ('partial_allowed', 'complete_only')),
  constraint orders_status_check check (status in ('open', 'shipped', 'cancelled')),
  constraint orders_held_at_check check (held_at is null or status = 'open')
);
create index orders_customer_id_idx on orders (customer_id, placed_at desc, id desc);
create index orders_placed_at_idx on orders (placed_at desc, id desc);
create index orders_open_idx on orders (placed_at desc, id desc) where status = 'open';
create index orders_open_customer_id_idx on orders (customer_id) where status = 'open';
create index orders_held_idx on orders (placed_at desc, id desc) where held_at is not null;
create index orders_cancelled_idx on orders (placed_at desc, id desc) where status = 'cancelled';
create index orders_external_reference_idx on orders (external_reference) where external_reference <> '';
create index orders_open_number_idx on orders (number, id) where status = 'open';
create index orders_number_prefix_idx on orders (number text_pattern_ops);
create index orders_total_idx on orders (total desc, id desc);
comment on column orders.number is 'What people call it: SO-000123, or the number of the shop it came from.';
comment on column orders.status is 'open until nothing is left to ship. shipped: closed with something shipped. cancelled: closed with nothing shipped.';
comment on column orders.total is 'Sum of ordered less cancelled units times price, ten-thousandths of the currency.';
comment on column orders.version is 'Raised by every edit; a form made from an older version is refused.';

create table order_lines (
  id bigint generated always as identity,
  order_id bigint not null,
  line_number integer not null,
  product_id bigint not null,
  warehouse_id bigint not null,
  ordered integer not null,
  shipped integer not null default 0,
  cancelled integer not null default 0,
  unit_price bigint not null default 0,
  constraint order_lines_pkey primary key (id),
  constraint order_lines_order_id_line_number_key unique (order_id, line_number),
  constraint order_lines_order_id_fkey foreign key (order_id) references orders (id),
  constraint order_lines_product_id_fkey foreign key (product_id) references products (id),
  constraint order_lines_warehouse_id_fkey foreign key (warehouse_id) references warehouses (id),
  constraint order_lines_ordered_check check (ordered > 0),
  constraint order_lines_shipped_check check (shipped >= 0),
  constraint order_lines_cancelled_check check (cancelled >= 0),
  constraint order_lines_to_ship_check check (shipped + cancelled <= ordered),
  constraint order_lines_unit_price_check check (unit_price >= 0)
);
create index order_lines_product_id_idx on order_lines (product_id, order_id desc);
create index order_lines_warehouse_id_idx on order_lines (warehouse_id);
comment on column order_lines.warehouse_id is 'The warehouse that ships it.';
