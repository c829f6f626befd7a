alter table warehouses add column pick_by text not null default 'emptying',
  add constraint warehouses_pick_by_check check (pick_by in ('walk', 'emptying', 'first_in'));
comment on column warehouses.uses_locations is 'Every unit lies in a bin, and every movement says in which.';
comment on column warehouses.pick_by is 'Which bins parcels take from first: in the order of the walk, those with the fewest units left, or those filled first.';

create table locations (
  id bigint generated always as identity,
  warehouse_id bigint not null,
  code text not null,
  barcode text not null,
  kind text not null default 'shelf',
  zone text not null default '',
  walk integer not null default 0,
  capacity integer,
  is_active boolean not null default true,
  created_at timestamptz not null,
  constraint locations_pkey primary key (id),
  constraint locations_warehouse_id_fkey foreign key (warehouse_id) references warehouses (id),
  constraint locations_id_warehouse_id_key unique (id, warehouse_id),
  constraint locations_warehouse_id_code_key unique (warehouse_id, code),
  constraint locations_barcode_key unique (barcode),
  constraint locations_code_check check (code ~ '^[!-~]([ -~]{0,38}[!-~])?$' and code = upper(code)),
  constraint locations_barcode_check check (barcode ~ '^[!-~]([ -~]{0,58}[!-~])?$'),
  constraint locations_kind_check check (kind in ('dock', 'shelf', 'packing', 'quarantine')),
  constraint locations_zone_check check (length(zone) <= 40),
  constraint locations_walk_check check (walk between 0 and 1000000),
  constraint locations_capacity_check check (capacity between 1 and 1000000000)
);
create index locations_walk_idx on locations (warehouse_id, walk, code);
comment on table locations is 'Bins: where in a warehouse goods lie.';
comment on column locations.code is 'What stands on the bin.';
comment on column locations.barcode is 'What a scanner reads off it.';
comment on column locations.kind is 'dock: where goods arrive. quarantine: what lies there is not usable, and not on hand.';
comment on column locations.zone is 'May be empty.';
comment on column locations.walk is 'The lowest is passed first.';
comment on column locations.capacity is 'Units it is made for; null: not said. More can lie there.';

create table bin_contents (
  location_id bigint not null,
  product_id bigint not null,
  warehouse_id bigint not null,
  quantity integer not null,
  held integer not null default 0,
  since timestamptz not null,
  constraint bin_contents_pkey primary key (location_id, product_id),
  constraint bin_contents_location_id_fkey foreign key (location_id, warehouse_id) references locations (id, warehouse_id),
  constraint bin_contents_warehouse_id_fkey foreign key (warehouse_id, product_id) references levels (warehouse_id, product_id),
  constraint bin_contents_quantity_check check (quantity > 0),
  constraint bin_contents_held_check check (held between 0 and quantity)
);
create index bin_contents_location_id_idx on bin_contents (location_id, warehouse_id);
create index bin_contents_warehouse_id_idx on bin_contents (warehouse_id, product_id);
comment on table bin_contents is 'What lies in each bin; written under the lock of its place. Usable bins add up to what is on hand.';
comment on column bin_contents.held is 'Units that parcels take from here: the sum of bin_holds.';
comment on column bin_contents.since is 'When it was last empty of the product no more.';

create table bin_holds (
  order_line_id bigint not null,
  location_id bigint not null,
  product_id bigint not null,
  quantity integer not null,
  constraint bin_holds_pkey primary key (order_line_id, location_id),
  constraint bin_holds_order_line_id_fkey foreign key (order_line_id) references order_lines (id),
  constraint bin_holds_location_id_fkey foreign key (location_id, product_id) references bin_contents (location_id, product_id)
    deferrable initially deferred,
  constraint bin_holds_quantity_check check (quantity > 0)
);
create index bin_holds_location_id_idx on bin_holds (location_id, product_id);
comment on table bin_holds is 'From which bins the parcel of an order line takes its units, until it leaves or is given back.';

alter table movements add column from_location_id bigint,
  add column to_location_id bigint,
  add constraint movements_from_location_id_fkey foreign key (from_location_id) references locations (id),
  add constraint movements_to_location_id_fkey foreign key (to_location_id) references locations (id),
  drop constraint movements_places_check,
  add constraint movements_places_check check (
    num_nonnulls(from_warehouse_id, to_warehouse_id, from_location_id, to_location_id) >= 1
    and (from_warehouse_id, from_location_id) is distinct from (to_warehouse_id, to_location_id)),
  drop constraint movements_reason_check,
  add constraint movements_reason_check
    check (reason in ('reception', 'shipment', 'adjustment', 'transfer', 'count', 'return', 'scrap', 'put_away'));
create index movements_from_location_id_idx on movements (from_location_id, id desc) where from_location_id is not null;
create index movements_to_location_id_idx on movements (to_location_id, id desc) where to_location_id is not null;
comment on column movements.from_warehouse_id is 'Whose usable stock it left; null: it was not usable stock before, or came from outside.';
comment on column movements.to_warehouse_id is 'Whose usable stock it joined; null: it is not usable stock any more, or left.';
comment on column movements.from_location_id is 'The bin it was taken from; null: none, or the warehouse had none.';
comment on column movements.to_location_id is 'The bin it was put into; null: none, or the warehouse had none.';
