-- What customers send back: announced, or found in a parcel at the desk, and what became of its units.

create sequence return_numbers;

create table returns (
  id bigint generated always as identity,
  number text not null,
  order_id bigint not null,
  warehouse_id bigint not null,
  status text not null default 'announced',
  note text not null default '',
  replacement_order_id bigint,
  created_by bigint,
  created_at timestamptz not null,
  received_by bigint,
  received_at timestamptz,
  constraint returns_pkey primary key (id),
  constraint returns_number_key unique (number),
  constraint returns_replacement_order_id_key unique (replacement_order_id),
  constraint returns_order_id_fkey foreign key (order_id) references orders (id),
  constraint returns_warehouse_id_fkey foreign key (warehouse_id) references warehouses (id),
  constraint returns_replacement_order_id_fkey foreign key (replacement_order_id) references orders (id),
  constraint returns_created_by_fkey foreign key (created_by) references users (id),
  constraint returns_received_by_fkey foreign key (received_by) references users (id),
  constraint returns_status_check check (status in ('announced', 'received', 'cancelled')),
  constraint returns_note_check check (length(note) <= 2000),
  constraint returns_received_at_check check ((status = 'received') = (received_at is not null)),
  constraint returns_replacement_check check (replacement_order_id is null or status = 'received')
);
create index returns_number_prefix_idx on returns (number text_pattern_ops);
create index returns_order_id_idx on returns (order_id);
create index returns_warehouse_id_idx on returns (warehouse_id);
create index returns_announced_idx on returns (id) where status = 'announced';
create index returns_created_by_idx on returns (created_by);
create index returns_received_by_idx on returns (received_by);
comment on table returns is 'What a customer sends back of an order.';
comment on column returns.warehouse_id is 'Where it is received, and its good units go.';
comment on column returns.note is 'About it, in words; may be empty.';
comment on column returns.replacement_order_id is 'The order that sends the customer others; null: none does.';

create table return_lines (
  return_id bigint not null,
  order_line_id bigint not null,
  announced integer not null default 0,
  good integer not null default 0,
  damaged integer not null default 0,
  missing integer not null default 0,
  reason text not null default 'other',
  location_id bigint,
  constraint return_lines_pkey primary key (return_id, order_line_id),
  constraint return_lines_return_id_fkey foreign key (return_id) references returns (id),
  constraint return_lines_order_line_id_fkey foreign key (order_line_id) references order_lines (id),
  constraint return_lines_location_id_fkey foreign key (location_id) references locations (id),
  constraint return_lines_units_check check (least(announced, good, damaged, missing) >= 0),
  constraint return_lines_bounds_check check (greatest(announced, good, damaged, missing) <= 1000000000),
  constraint return_lines_reason_check check (reason in
    ('does_not_fit', 'not_as_described', 'arrived_damaged', 'wrong_item', 'too_late', 'changed_mind', 'other'))
);
create index return_lines_order_line_id_idx on return_lines (order_line_id);
create index return_lines_location_id_idx on return_lines (location_id) where location_id is not null;
comment on table return_lines is 'Units of one order line in a return. Until it is received, good units are those that were scanned so far.';
comment on column return_lines.announced is 'Units the customer said would come; none of what was only found.';
comment on column return_lines.good is 'Units that can be sold again.';
comment on column return_lines.damaged is 'Units that cannot.';
comment on column return_lines.missing is 'Units that should have been in the parcel and were not: they did not come back.';
comment on column return_lines.location_id is 'The bin that good units go into; null: the dock, or the warehouse has no bins.';

-- What was taken back before there were returns: of a part, what did not come back with its kit.
with back as (
  select l.id, l.order_id, l.warehouse_id, l.returned - coalesce(l.per_kit * k.returned, 0) as units
  from order_lines l left join order_lines k on k.id = l.kit_line_id
  where l.returned > 0
), numbered as (
  select order_id, warehouse_id, nextval('return_numbers') as n
  from (select distinct order_id, warehouse_id from back where units > 0 order by 1, 2) as each_order
), opened as (
  insert into returns (number, order_id, warehouse_id, status, note, created_at, received_at)
  select 'RT-' || lpad(n::text, greatest(6, length(n::text)), '0'), order_id, warehouse_id, 'received',
    'Taken back before returns were kept.', now(), now()
  from numbered
  returning id, order_id, warehouse_id
)
insert into return_lines (return_id, order_line_id, good)
select o.id, b.id, b.units from back b join opened o using (order_id, warehouse_id) where b.units > 0;

alter table movements add column return_id bigint;
alter table movements add constraint movements_return_id_fkey foreign key (return_id) references returns (id);
alter table movements drop constraint movements_origin_check;
alter table movements add constraint movements_origin_check
  check (num_nonnulls(reception_id, shipment_id, transfer_id, count_id, return_id) <= 1);
create index movements_return_id_idx on movements (return_id) where return_id is not null;
comment on column movements.return_id is 'The return that brought it.';

alter table decisions drop constraint decisions_cause_check;
alter table decisions add constraint decisions_cause_check check (cause in
  ('order_placed', 'order_edited', 'order_held', 'order_released', 'order_cancelled', 'reception', 'reversal',
   'adjustment', 'count', 'preparation', 'shipment', 'purchase_order', 'transfer', 'priority', 'moved', 'settings',
   'set_broken', 'return'));
