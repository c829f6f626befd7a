-- Stock takes: what lies in a warehouse is counted, scan by scan, and the books follow what was found.

create sequence count_numbers;

create table counts (
  id bigint generated always as identity,
  number text not null,
  warehouse_id bigint not null,
  status text not null default 'open',
  asked text not null,
  blind boolean not null,
  created_by bigint,
  created_at timestamptz not null,
  closed_at timestamptz,
  lines bigint,
  counted bigint,
  differing bigint,
  more bigint,
  fewer bigint,
  gained bigint,
  lost bigint,
  constraint counts_pkey primary key (id),
  constraint counts_number_key unique (number),
  constraint counts_id_warehouse_id_key unique (id, warehouse_id),
  constraint counts_warehouse_id_fkey foreign key (warehouse_id) references warehouses (id),
  constraint counts_created_by_fkey foreign key (created_by) references users (id),
  constraint counts_status_check check (status in ('open', 'applied', 'cancelled')),
  constraint counts_closed_at_check
    check (num_nulls(closed_at, lines, counted, differing, more, fewer, gained, lost) = case status when 'open' then 8 else 0 end)
);
create index counts_number_prefix_idx on counts (number text_pattern_ops);
create index counts_warehouse_id_idx on counts (warehouse_id);
create index counts_open_idx on counts (id) where status = 'open';
create index counts_created_by_idx on counts (created_by);
comment on table counts is 'Stock takes: a list of what is to be counted in a warehouse.';
comment on column counts.asked is 'What is counted, in words.';
comment on column counts.blind is 'Whoever counts is not shown what the books say.';
comment on column counts.lines is 'Totals of its lines; null while it is open and they change.';
comment on column counts.more is 'Units found beyond the books.';
comment on column counts.fewer is 'Units not found.';
comment on column counts.gained is 'What the units found cost, as far as known.';
comment on column counts.lost is 'The same of those not found.';

create table count_lines (
  id bigint generated always as identity,
  count_id bigint not null,
  warehouse_id bigint not null,
  product_id bigint not null,
  location_id bigint,
  unit_cost bigint,
  round integer not null default 1,
  counted integer,
  books integer,
  first_books integer,
  latest_movement bigint,
  counted_at timestamptz,
  counted_by bigint,
  earlier integer,
  is_open boolean not null default true,
  applied integer,
  constraint count_lines_pkey primary key (id),
  constraint count_lines_count_id_fkey foreign key (count_id, warehouse_id) references counts (id, warehouse_id),
  constraint count_lines_product_id_fkey foreign key (product_id) references products (id),
  constraint count_lines_location_id_fkey foreign key (location_id, warehouse_id) references locations (id, warehouse_id),
  constraint count_lines_counted_by_fkey foreign key (counted_by) references users (id),
  constraint count_lines_counted_check check (counted between 0 and 1000000000),
  constraint count_lines_found_check
    check (num_nulls(counted, books, first_books, latest_movement, counted_at) in (0, 5)),
  constraint count_lines_applied_check check (applied is null or (not is_open and applied = counted - books))
);
create unique index count_lines_open_key on count_lines (warehouse_id, product_id, coalesce(location_id, 0)) where is_open;
create index count_lines_count_id_idx on count_lines (count_id, warehouse_id);
create index count_lines_product_id_idx on count_lines (product_id);
create index count_lines_location_id_idx on count_lines (location_id, warehouse_id);
create index count_lines_counted_by_idx on count_lines (counted_by);
create index count_lines_applied_idx on count_lines (warehouse_id, product_id, counted_at desc) where applied is not null;
comment on table count_lines is 'One product at one place of a count. A place stands in one open count.';
comment on column count_lines.location_id is 'The bin; null: the warehouse had none.';
comment on column count_lines.unit_cost is 'What a unit cost when it was listed, in ten-thousandths of the currency of the company; null: nobody knew.';
comment on column count_lines.round is 'How often it is counted: the second is the first recount.';
comment on column count_lines.counted is 'Units found in this round so far; null: not counted yet.';
comment on column count_lines.books is 'Units by the books at the moment of the latest scan: what the count is compared with.';
comment on column count_lines.first_books is 'The same at the first scan of the round.';
comment on column count_lines.latest_movement is 'The latest movement of the product at the latest scan; 0: there was none.';
comment on column count_lines.earlier is 'Units by which the round before differed.';
comment on column count_lines.is_open is 'Its count is open.';
comment on column count_lines.applied is 'Units by which the books were corrected; null: they were not.';

create table count_scans (
  id bigint generated always as identity,
  count_line_id bigint not null,
  round integer not null,
  units integer not null,
  adds boolean not null,
  counted integer not null,
  books integer not null,
  user_id bigint,
  at timestamptz not null,
  constraint count_scans_pkey primary key (id),
  constraint count_scans_count_line_id_fkey foreign key (count_line_id) references count_lines (id),
  constraint count_scans_user_id_fkey foreign key (user_id) references users (id)
);
create index count_scans_count_line_id_idx on count_scans (count_line_id);
create index count_scans_user_id_idx on count_scans (user_id);
create trigger count_scans_append_only before update or delete on count_scans
  for each row execute function refuse_change();
comment on table count_scans is 'Every scan of a count, as it was made. Append-only.';
comment on column count_scans.units is 'What was scanned or typed.';
comment on column count_scans.adds is 'They were added to what was counted before; otherwise they are all.';
comment on column count_scans.counted is 'Units counted then.';
comment on column count_scans.books is 'Units by the books in that moment.';

create table shortages (
  id bigint generated always as identity,
  warehouse_id bigint not null,
  product_id bigint not null,
  location_id bigint,
  user_id bigint,
  at timestamptz not null,
  constraint shortages_pkey primary key (id),
  constraint shortages_warehouse_id_fkey foreign key (warehouse_id, product_id) references levels (warehouse_id, product_id),
  constraint shortages_location_id_fkey foreign key (location_id, warehouse_id) references locations (id, warehouse_id),
  constraint shortages_user_id_fkey foreign key (user_id) references users (id)
);
create index shortages_warehouse_id_idx on shortages (warehouse_id, product_id);
create index shortages_location_id_idx on shortages (location_id, warehouse_id);
create index shortages_user_id_idx on shortages (user_id);
create trigger shortages_append_only before update or delete on shortages
  for each row execute function refuse_change();
comment on table shortages is 'A picker found fewer units than the books say: the place is to be counted. Append-only.';
comment on column shortages.location_id is 'The bin; null: the warehouse had none.';

alter table movements add column count_id bigint;
alter table movements add constraint movements_count_id_fkey foreign key (count_id) references counts (id);
alter table movements drop constraint movements_origin_check;
alter table movements add constraint movements_origin_check
  check (num_nonnulls(reception_id, shipment_id, transfer_id, count_id) <= 1);
create index movements_count_id_idx on movements (count_id) where count_id is not null;
comment on column movements.count_id is 'The count that found it.';

alter table decisions drop constraint decisions_cause_check;
alter table decisions add constraint decisions_cause_check check (cause in
  ('order_placed', 'order_edited', 'order_held', 'order_released', 'order_cancelled', 'reception', 'reversal',
   'adjustment', 'count', 'preparation', 'shipment', 'purchase_order', 'transfer', 'priority', 'moved', 'settings'));

alter table company add column recount_units integer,
  add column recount_value bigint,
  add constraint company_recount_units_check check (recount_units > 0),
  add constraint company_recount_value_check check (recount_value > 0);
comment on column company.recount_units is 'A difference of so many units is counted once more; null: none is.';
comment on column company.recount_value is 'The same of a value, in ten-thousandths of the currency.';
