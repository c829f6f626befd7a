-- What leaves with a carrier on a day, the files that a carrier takes and gives, and the mail that tells a
-- customer that a parcel left.

create sequence manifest_numbers;

create table manifests (
  id bigint generated always as identity,
  number text not null,
  warehouse_id bigint not null,
  day date not null,
  carrier text not null default '',
  carrier_id bigint,
  created_at timestamptz not null,
  closed_at timestamptz,
  closed_by bigint,
  constraint manifests_pkey primary key (id),
  constraint manifests_number_key unique (number),
  constraint manifests_warehouse_id_fkey foreign key (warehouse_id) references warehouses (id),
  constraint manifests_carrier_id_fkey foreign key (carrier_id) references carriers (id),
  constraint manifests_closed_by_fkey foreign key (closed_by) references users (id),
  constraint manifests_closed_by_check check (closed_by is null or closed_at is not null)
);
create unique index manifests_open_key on manifests (warehouse_id, day, lower(carrier)) where closed_at is null;
create index manifests_warehouse_id_idx on manifests (warehouse_id, id desc);
create index manifests_day_idx on manifests (day, id desc);
create index manifests_carrier_id_idx on manifests (carrier_id);
create index manifests_closed_by_idx on manifests (closed_by);
comment on table manifests is 'What leaves a warehouse with a carrier on a day. At most one is open for each; what leaves after it was closed stands on the next.';
comment on column manifests.day is 'Of the company.';
comment on column manifests.carrier is 'As it was called then; empty: nobody said who carries them.';
comment on column manifests.closed_at is 'The driver signed: no parcel joins it, and none is taken back.';

alter table shipments add column manifest_id bigint, add column told_at timestamptz;
alter table shipments add constraint shipments_manifest_id_fkey foreign key (manifest_id) references manifests (id);
create index shipments_manifest_id_idx on shipments (manifest_id) where manifest_id is not null;
create index shipments_packed_idx on shipments (warehouse_id, id) where status = 'packed';
comment on column shipments.manifest_id is 'What it left on; null: it has not left, or left before there were any.';
comment on column shipments.told_at is 'When a mail that it left was queued for its customer: there is one, however often it leaves.';

alter table carriers
  add column cut_off text not null default '',
  add column export_separator text not null default 'comma',
  add column export_header boolean not null default true,
  add column export_columns jsonb not null default '[]',
  add column import_separator text not null default 'comma',
  add column import_reference text not null default '',
  add column import_reference_is text not null default 'parcel',
  add column import_tracking text not null default '',
  add constraint carriers_cut_off_check check (cut_off ~ '^(([01][0-9]|2[0-3]):[0-5][0-9])?$'),
  add constraint carriers_export_separator_check check (export_separator in ('comma', 'semicolon', 'tab')),
  add constraint carriers_export_columns_check check (jsonb_typeof(export_columns) = 'array'),
  add constraint carriers_import_separator_check check (import_separator in ('comma', 'semicolon', 'tab')),
  add constraint carriers_import_reference_check check (length(import_reference) <= 80),
  add constraint carriers_import_reference_is_check check (import_reference_is in ('parcel', 'order', 'external')),
  add constraint carriers_import_tracking_check check (length(import_tracking) <= 80);
comment on column carriers.cut_off is 'Until when a parcel is taken on a day, where the company is; empty: nobody said.';
comment on column carriers.export_columns is 'What stands in the columns of the file it takes, in their order: a title, and a field or a fixed text.';
comment on column carriers.import_reference is 'Title or number of the column of its file that says whose tracking number it is; empty: it gives no file.';
comment on column carriers.import_tracking is 'The same of the tracking number.';

alter table company
  add column shipping_mail boolean not null default false,
  add column shipping_mail_subject text not null default '',
  add column shipping_mail_text text not null default '',
  add column shipping_mail_sender text not null default '',
  add constraint company_shipping_mail_check check (not shipping_mail or shipping_mail_sender <> '');
comment on column company.shipping_mail is 'Whether customers are told when a parcel leaves.';
comment on column company.shipping_mail_subject is 'With fields such as {order}; empty: the usual.';
comment on column company.shipping_mail_text is 'The same of the text.';
comment on column company.shipping_mail_sender is 'Whom such a mail is from: MAIL_FROM as it was when this was saved.';
