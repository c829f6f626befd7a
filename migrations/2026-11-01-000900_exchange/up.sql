create table imports (
  id bigint generated always as identity,
  file_name text not null,
  content bytea not null,
  warehouse_id bigint not null,
  channel text not null default '',
  creates_products boolean not null default true,
  without_refused boolean not null default false,
  state text not null default 'previewed',
  orders integer not null default 0,
  lines integer not null default 0,
  products integer not null default 0,
  refused integer not null default 0,
  left_out text not null default '',
  uploaded_by bigint,
  uploaded_at timestamptz not null default moment(),
  applied_at timestamptz,
  constraint imports_pkey primary key (id),
  constraint imports_warehouse_id_fkey foreign key (warehouse_id) references warehouses (id),
  constraint imports_uploaded_by_fkey foreign key (uploaded_by) references users (id),
  constraint imports_state_check check (state in ('previewed', 'applied', 'discarded')),
  constraint imports_applied_at_check check ((state = 'applied') = (applied_at is not null)),
  constraint imports_counts_check check (orders >= 0 and lines >= 0 and products >= 0 and refused >= 0)
);
create index imports_warehouse_id_idx on imports (warehouse_id);
create index imports_uploaded_by_idx on imports (uploaded_by);
create index imports_uploaded_at_idx on imports (uploaded_at) where state = 'previewed';
comment on table imports is 'Files of orders: kept between preview and confirmation, then what came of them.';
comment on column imports.content is 'The file as it was uploaded; emptied when nothing more can be done with it.';
comment on column imports.without_refused is 'Orders are imported without their refused lines, instead of being left out.';
comment on column imports.orders is 'Imported orders; while previewed, those that would be.';
comment on column imports.left_out is 'Lines and documents that were not imported, as CSV; written when applied.';
