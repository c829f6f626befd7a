create table warehouses (
  id bigint generated always as identity,
  code text not null,
  name text not null,
  kind text not null default 'building',
  is_active boolean not null default true,
  is_primary boolean not null default false,
  ships_orders boolean not null default true,
  counts_for_selling boolean not null default true,
  in_supply_needs boolean not null default true,
  default_warning_level integer not null default 0,
  default_ideal_level integer not null default 0,
  uses_locations boolean not null default false,
  allocation_policy text not null default 'strict_queue',
  collect_after_days integer not null default 14,
  address text not null default '',
  created_at timestamptz not null default moment(),
  constraint warehouses_pkey primary key (id),
  constraint warehouses_code_key unique (code),
  constraint warehouses_code_check check (length(code) between 1 and 20 and code = upper(btrim(code))),
  constraint warehouses_name_check check (length(btrim(name)) between 1 and 120),
  constraint warehouses_kind_check check (kind in ('building', 'shop', 'supplier', 'defective', 'set_aside')),
  constraint warehouses_is_primary_check check (is_active or not is_primary),
  constraint warehouses_default_levels_check
    check (default_warning_level >= 0 and default_ideal_level >= default_warning_level),
  constraint warehouses_allocation_policy_check check (allocation_policy in ('strict_queue', 'complete_first')),
  constraint warehouses_collect_after_days_check check (collect_after_days between 0 and 365)
);
create unique index warehouses_primary_key on warehouses (is_primary) where is_primary;
comment on column warehouses.default_warning_level is 'Of products that have no level of their own here.';
comment on column warehouses.collect_after_days is 'Under complete_first: an order that waited this many days may collect stock.';

insert into warehouses (code, name, is_primary) values ('MAIN', 'Main warehouse', true);
