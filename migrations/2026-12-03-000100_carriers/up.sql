-- Who carries parcels, what their tracking numbers look like, and which shipping methods are theirs.

create table carriers (
  id bigint generated always as identity,
  name text not null,
  tracking_pattern text not null default '',
  tracking_link text not null default '',
  needs_tracking boolean not null default false,
  is_active boolean not null default true,
  created_at timestamptz not null,
  constraint carriers_pkey primary key (id),
  constraint carriers_name_check check (name = btrim(name) and length(name) between 1 and 80),
  constraint carriers_tracking_pattern_check check (length(tracking_pattern) <= 200),
  constraint carriers_tracking_link_check check
    (tracking_link = '' or tracking_link ~ '^https?://' and position('{tracking}' in tracking_link) > 0)
);
create unique index carriers_name_key on carriers (lower(name));
comment on table carriers is 'Who carries parcels.';
comment on column carriers.tracking_pattern is 'A regular expression that a whole tracking number matches; empty: any.';
comment on column carriers.tracking_link is 'Where a parcel is followed, with {tracking} for its number; empty: nowhere.';
create trigger carriers_keep_change after update on carriers for each row execute function keep_change('', '');

create table shipping_methods (
  name text not null,
  carrier_id bigint not null,
  constraint shipping_methods_carrier_id_fkey foreign key (carrier_id) references carriers (id) on delete cascade,
  constraint shipping_methods_name_check check (name = btrim(name) and length(name) between 1 and 120),
  constraint shipping_methods_pkey primary key (name)
);
create unique index shipping_methods_name_key on shipping_methods (lower(name));
create index shipping_methods_carrier_id_idx on shipping_methods (carrier_id);
comment on table shipping_methods is 'Which carrier takes orders that are sent in a way, as orders write it.';

alter table shipments add column carrier_id bigint;
alter table shipments add constraint shipments_carrier_id_fkey foreign key (carrier_id) references carriers (id);
create index shipments_carrier_id_idx on shipments (carrier_id) where carrier_id is not null;
comment on column shipments.carrier_id is 'Who carries it, if that is one of ours; their name then stands beside it as it was.';
