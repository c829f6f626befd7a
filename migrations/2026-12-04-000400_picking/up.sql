-- What a picker takes and a packer packs, scan by scan: batches, packages, and units that were not found.

create sequence batch_numbers;

create table batches (
  id bigint generated always as identity,
  number text not null,
  warehouse_id bigint not null,
  kind text not null,
  operator_id bigint,
  created_at timestamptz not null,
  constraint batches_pkey primary key (id),
  constraint batches_number_key unique (number),
  constraint batches_warehouse_id_fkey foreign key (warehouse_id) references warehouses (id),
  constraint batches_operator_id_fkey foreign key (operator_id) references users (id),
  constraint batches_kind_check check (kind in ('single_item', 'one_line', 'many_lines', 'chosen'))
);
create index batches_warehouse_id_idx on batches (warehouse_id, id);
create index batches_operator_id_idx on batches (operator_id);
comment on table batches is 'Parcels that are picked in one walk.';

alter table shipments add column batch_id bigint;
alter table shipments add column slot integer;
alter table shipments add column packer_id bigint;
alter table shipments add column packing_since timestamptz;
alter table shipments add column ready_at timestamptz;
alter table shipments add constraint shipments_batch_id_fkey foreign key (batch_id) references batches (id);
alter table shipments add constraint shipments_packer_id_fkey foreign key (packer_id) references users (id);
alter table shipments add constraint shipments_slot_check check ((slot is null) = (batch_id is null) and slot >= 0);
alter table shipments add constraint shipments_packing_check check ((packer_id is null) = (packing_since is null));
create unique index shipments_slot_key on shipments (batch_id, slot) where batch_id is not null;
create unique index shipments_packer_id_key on shipments (packer_id) where packer_id is not null;
create index shipments_under_way_idx on shipments (warehouse_id, status, id) where status in ('to_pick', 'picked', 'packed');
comment on column shipments.slot is 'Its place on the cart of its batch; 0 is A.';
comment on column shipments.ready_at is 'Since when its order stood in its tab when it was taken into preparation; null: nobody kept it.';
comment on column shipments.packer_id is 'Who has it open at a packing desk, and nobody else then; a person has one at most.';

alter table shipment_lines add column picked integer not null default 0;
alter table shipment_lines add column packed integer not null default 0;
update shipment_lines l set picked = l.quantity,
  packed = case when s.status in ('packed', 'shipped') then l.quantity else 0 end
from shipments s where s.id = l.shipment_id and s.status in ('picked', 'packed', 'shipped');
alter table shipment_lines add constraint shipment_lines_steps_check
  check (0 <= packed and packed <= picked and picked <= quantity);
comment on column shipment_lines.picked is 'Of its units, those that were taken off the shelves.';
comment on column shipment_lines.packed is 'Of these, those that are in a package.';

create table packages (
  shipment_id bigint not null,
  number integer not null,
  weight integer,
  length integer,
  width integer,
  height integer,
  tracking_number text not null default '',
  constraint packages_pkey primary key (shipment_id, number),
  constraint packages_shipment_id_fkey foreign key (shipment_id) references shipments (id),
  constraint packages_number_check check (number between 1 and 99),
  constraint packages_weight_check check (weight between 1 and 1000000),
  constraint packages_size_check check (length between 1 and 10000 and width between 1 and 10000 and height between 1 and 10000),
  constraint packages_tracking_number_check check (length(tracking_number) <= 120)
);
comment on table packages is 'What a parcel leaves in, numbered from 1: one package, or several.';
comment on column packages.weight is 'Grams; null: nobody weighed it.';
comment on column packages.length is 'Millimetres, like width and height.';

create table scans (
  id bigint generated always as identity,
  stage text not null,
  warehouse_id bigint not null,
  batch_id bigint,
  shipment_id bigint,
  code text not null,
  outcome text not null,
  answer text not null,
  product_id bigint,
  units integer not null default 0,
  location_id bigint,
  package integer,
  user_id bigint,
  at timestamptz not null,
  undone_at timestamptz,
  constraint scans_pkey primary key (id),
  constraint scans_warehouse_id_fkey foreign key (warehouse_id) references warehouses (id),
  constraint scans_batch_id_fkey foreign key (batch_id) references batches (id),
  constraint scans_shipment_id_fkey foreign key (shipment_id) references shipments (id),
  constraint scans_product_id_fkey foreign key (product_id) references products (id),
  constraint scans_location_id_fkey foreign key (location_id) references locations (id),
  constraint scans_user_id_fkey foreign key (user_id) references users (id),
  constraint scans_stage_check check (stage in ('pick', 'pack')),
  constraint scans_outcome_check check (outcome in ('counted', 'opened', 'refused', 'short')),
  constraint scans_units_check check (units >= 0 and (units > 0) = (outcome in ('counted', 'short'))),
  constraint scans_code_check check (length(code) <= 400),
  constraint scans_undone_at_check check (undone_at is null or outcome = 'counted')
);
create index scans_batch_id_idx on scans (batch_id, id) where batch_id is not null;
create index scans_shipment_id_idx on scans (shipment_id, id) where shipment_id is not null;
create index scans_user_id_idx on scans (user_id, id);
create index scans_at_idx on scans (at);
create index scans_product_id_idx on scans (product_id);
create index scans_location_id_idx on scans (location_id) where location_id is not null;
create index scans_warehouse_id_idx on scans (warehouse_id);
comment on table scans is 'What was scanned on the floor, also what was refused.';
comment on column scans.outcome is 'Counted, refused, opened what comes next (a bin, a parcel), or said to be short.';
comment on column scans.answer is 'What the floor was told.';
comment on column scans.package is 'Into which package of the parcel it was packed.';

create table scan_lines (
  scan_id bigint not null,
  shipment_line_id bigint not null,
  units integer not null,
  constraint scan_lines_pkey primary key (scan_id, shipment_line_id),
  constraint scan_lines_scan_id_fkey foreign key (scan_id) references scans (id),
  constraint scan_lines_shipment_line_id_fkey foreign key (shipment_line_id) references shipment_lines (id),
  constraint scan_lines_units_check check (units > 0)
);
create index scan_lines_shipment_line_id_idx on scan_lines (shipment_line_id);
comment on table scan_lines is 'For which parcels a scan counted; one of a case may fill several.';

alter table levels add column doubted integer not null default 0;
alter table levels add constraint levels_doubted_check check (doubted >= 0);
comment on column levels.doubted is 'Units that a picker did not find: they stand in the books beside on_hand, and are given to nobody until they are counted or written off.';
alter table bin_contents add column doubted integer not null default 0;
alter table bin_contents add constraint bin_contents_doubted_check check (doubted >= 0 and held + doubted <= quantity);
comment on column bin_contents.doubted is 'Of its units, those that a picker did not find.';

alter table shortages add column units integer;
alter table shortages add column reason text;
alter table shortages add constraint shortages_units_check check (units > 0);
alter table shortages add constraint shortages_reason_check check (reason in ('not_found', 'damaged', 'wrong_goods', 'unreadable'));
comment on column shortages.units is 'How many fewer; null: nobody said.';

alter table company add column ships_unscanned boolean not null default true;
comment on column company.ships_unscanned is 'Whether those who have the right may pack and ship what was not scanned.';
alter table user_rights drop constraint user_rights_name_check;
alter table user_rights add constraint user_rights_name_check check (name in ('receive_goods', 'cancel_units', 'decide_reserved',
  'send_purchase_orders', 'correct_stock', 'mail_customers', 'count', 'pack_unscanned'));
