create table company (
  id bigint not null default 1,
  name text not null default 'My company',
  address text not null default '',
  email text not null default '',
  phone text not null default '',
  currency text not null default 'EUR',
  held_orders_keep_stock boolean not null default true,
  purchase_order_intro text not null default '',
  constraint company_pkey primary key (id),
  constraint company_id_check check (id = 1),
  constraint company_name_check check (length(btrim(name)) between 1 and 120),
  constraint company_currency_check check (currency ~ '^[A-Z]{3}$')
);
comment on table company is 'Who runs this Backfill: one row.';
insert into company default values;

create table suppliers (
  id bigint generated always as identity,
  code text not null,
  name text not null,
  contact_name text not null default '',
  emails text not null default '',
  phone text not null default '',
  address text not null default '',
  language text not null default 'en',
  currency text not null default 'EUR',
  lead_time_days integer not null default 7,
  minimum_order bigint not null default 0,
  carriage_free_from bigint,
  note text not null default '',
  archived_at timestamptz,
  created_at timestamptz not null default moment(),
  constraint suppliers_pkey primary key (id),
  constraint suppliers_code_key unique (code),
  constraint suppliers_code_check check (length(code) between 1 and 40 and code = btrim(code)),
  constraint suppliers_name_check check (length(btrim(name)) between 1 and 200),
  constraint suppliers_language_check check (language in ('en', 'fr')),
  constraint suppliers_currency_check check (currency ~ '^[A-Z]{3}$'),
  constraint suppliers_lead_time_days_check check (lead_time_days between 0 and 730),
  constraint suppliers_minimum_order_check check (minimum_order >= 0),
  constraint suppliers_carriage_free_from_check check (carriage_free_from >= 0)
);
create index suppliers_name_idx on suppliers (lower(name), id);
comment on column suppliers.emails is 'Addresses purchase orders go to, separated by commas.';
comment on column suppliers.minimum_order is 'In the currency of the supplier.';
comment on column suppliers.carriage_free_from is 'Orders of this value or more are delivered free; null: unknown.';

create table products (
  id bigint generated always as identity,
  sku text not null,
  name text not null,
  kind text not null default 'simple',
  price bigint not null default 0,
  barcode text,
  weight_grams integer not null default 0,
  note text not null default '',
  archived_at timestamptz,
  created_at timestamptz not null default moment(),
  constraint products_pkey primary key (id),
  constraint products_sku_key unique (sku),
  constraint products_barcode_key unique (barcode),
  constraint products_sku_check check (length(sku) between 1 and 64 and sku = upper(btrim(sku))),
  constraint products_name_check check (length(btrim(name)) between 1 and 300),
  constraint products_kind_check check (kind in ('simple', 'kit')),
  constraint products_price_check check (price >= 0),
  constraint products_weight_grams_check check (weight_grams >= 0)
);
create index products_sku_prefix_idx on products (sku text_pattern_ops);
create index products_name_idx on products (lower(name), id);
create index products_price_idx on products (price, id);
comment on column products.sku is 'Upper case: 85123a and 85123A are one product.';
comment on column products.price is 'Selling price without tax, ten-thousandths of the company currency.';

create table supplier_products (
  id bigint generated always as identity,
  supplier_id bigint not null,
  product_id bigint not null,
  supplier_sku text not null default '',
  price bigint not null default 0,
  minimum_quantity integer not null default 1,
  pack_size integer not null default 1,
  lead_time_days integer,
  is_primary boolean not null default false,
  constraint supplier_products_pkey primary key (id),
  constraint supplier_products_supplier_id_product_id_key unique (supplier_id, product_id),
  constraint supplier_products_supplier_id_fkey foreign key (supplier_id) references suppliers (id),
  constraint supplier_products_product_id_fkey foreign key (product_id) references products (id),
  constraint supplier_products_price_check check (price >= 0),
  constraint supplier_products_minimum_quantity_check check (minimum_quantity between 1 and 1000000),
  constraint supplier_products_pack_size_check check (pack_size between 1 and 1000000),
  constraint supplier_products_lead_time_days_check check (lead_time_days between 0 and 730)
);
create index supplier_products_product_id_idx on supplier_products (product_id);
create unique index supplier_products_primary_key on supplier_products (product_id) where is_primary;
comment on column supplier_products.price is 'Buying price, ten-thousandths of the currency of the supplier.';
comment on column supplier_products.minimum_quantity is 'MOQ, whole units.';
comment on column supplier_products.lead_time_days is 'Null: the lead time of the supplier.';
