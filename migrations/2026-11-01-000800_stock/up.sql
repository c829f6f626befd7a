-- The heart: what lies here, what is asked for, what is coming. Written by stock::Books only.

create table levels (
  warehouse_id bigint not null,
  product_id bigint not null,
  on_hand integer not null default 0,
  reserved integer not null default 0,
  to_ship integer not null default 0,
  incoming integer not null default 0,
  warning_level integer,
  ideal_level integer,
  constraint levels_pkey primary key (warehouse_id, product_id),
  constraint levels_warehouse_id_fkey foreign key (warehouse_id) references warehouses (id),
  constraint levels_product_id_fkey foreign key (product_id) references products (id),
  constraint levels_reserved_check check (reserved between 0 and on_hand),
  constraint levels_to_ship_check check (to_ship >= reserved),
  constraint levels_incoming_check check (incoming >= 0),
  constraint levels_warning_level_check check (warning_level >= 0),
  constraint levels_ideal_level_check check (ideal_level >= coalesce(warning_level, 0))
);
create index levels_product_id_idx on levels (product_id);
create index levels_short_idx on levels (warehouse_id, product_id) where to_ship > on_hand;
comment on table levels is 'Balance per warehouse and product; the row a change locks first, by warehouse and product ascending.';
comment on column levels.on_hand is 'Sum of movements in less out.';
comment on column levels.reserved is 'Sum of demand.reserved.';
comment on column levels.to_ship is 'Sum of demand.to_ship.';
comment on column levels.incoming is 'Sum of supply.quantity.';
comment on column levels.warning_level is 'Null: the default of the warehouse.';

create table movements (
  id bigint generated always as identity,
  product_id bigint not null,
  quantity integer not null,
  from_warehouse_id bigint,
  to_warehouse_id bigint,
  reason text not null,
  reception_id bigint,
  shipment_id bigint,
  note text not null default '',
  user_id bigint,
  at timestamptz not null default moment(),
  constraint movements_pkey primary key (id),
  constraint movements_product_id_fkey foreign key (product_id) references products (id),
  constraint movements_from_warehouse_id_fkey foreign key (from_warehouse_id) references warehouses (id),
  constraint movements_to_warehouse_id_fkey foreign key (to_warehouse_id) references warehouses (id),
  constraint movements_reception_id_fkey foreign key (reception_id) references receptions (id),
  constraint movements_shipment_id_fkey foreign key (shipment_id) references shipments (id),
  constraint movements_user_id_fkey foreign key (user_id) references users (id),
  constraint movements_quantity_check check (quantity > 0),
  constraint movements_places_check
    check (num_nonnulls(from_warehouse_id, to_warehouse_id) >= 1 and from_warehouse_id is distinct from to_warehouse_id),
  constraint movements_origin_check check (num_nonnulls(reception_id, shipment_id) <= 1),
  constraint movements_reason_check
    check (reason in ('reception', 'shipment', 'adjustment', 'transfer', 'count', 'return', 'scrap'))
);
create index movements_product_id_idx on movements (product_id, id desc);
create index movements_from_warehouse_id_idx on movements (from_warehouse_id, id desc);
create index movements_to_warehouse_id_idx on movements (to_warehouse_id, id desc);
create index movements_reception_id_idx on movements (reception_id) where reception_id is not null;
create index movements_shipment_id_idx on movements (shipment_id) where shipment_id is not null;
create index movements_user_id_idx on movements (user_id);
create trigger movements_append_only before update or delete on movements
  for each row execute function refuse_change();
comment on table movements is 'The only way stock changes. Append-only: a mistake is corrected by the opposite movement.';
comment on column movements.from_warehouse_id is 'Null: it came from outside.';
comment on column movements.to_warehouse_id is 'Null: it left.';

create table consignments (
  id bigint generated always as identity,
  order_id bigint not null,
  warehouse_id bigint not null,
  state text not null,
  priority_rank smallint not null,
  required_by date not null default '9999-12-31',
  placed_at timestamptz not null,
  expected_on date,
  changed_at timestamptz not null default now(),
  constraint consignments_pkey primary key (id),
  constraint consignments_order_id_warehouse_id_key unique (order_id, warehouse_id),
  constraint consignments_order_id_fkey foreign key (order_id) references orders (id),
  constraint consignments_warehouse_id_fkey foreign key (warehouse_id) references warehouses (id),
  constraint consignments_state_check
    check (state in ('reserved', 'partial', 'missing', 'held', 'in_preparation', 'done'))
);
create index consignments_open_idx on consignments (warehouse_id, state, priority_rank, required_by, placed_at, order_id)
  where state <> 'done';
create index consignments_warehouse_id_idx on consignments (warehouse_id);
create index consignments_done_idx on consignments (warehouse_id, changed_at desc, id desc) where state = 'done';
comment on table consignments is 'What one order wants from one warehouse; its state is its tab of order preparation. Derived by settle.';
comment on column consignments.priority_rank is '0 urgent, 1 high, 2 normal, 3 low.';
comment on column consignments.expected_on is 'Latest expected date of its waiting lines; null: nothing waits, or something is not on order.';

create table demand (
  order_line_id bigint not null,
  order_id bigint not null,
  product_id bigint not null,
  warehouse_id bigint not null,
  to_ship integer not null,
  reserved integer not null default 0,
  taken integer not null default 0,
  pinned_at timestamptz,
  priority_rank smallint not null,
  required_by date not null default '9999-12-31',
  placed_at timestamptz not null,
  line_number integer not null,
  held boolean not null default false,
  supply_id bigint,
  expected_on date,
  uncovered integer not null default 0,
  constraint demand_pkey primary key (order_line_id),
  constraint demand_order_line_id_fkey foreign key (order_line_id) references order_lines (id),
  constraint demand_order_id_fkey foreign key (order_id) references orders (id),
  constraint demand_level_fkey foreign key (warehouse_id, product_id) references levels (warehouse_id, product_id),
  constraint demand_to_ship_check check (to_ship > 0),
  constraint demand_reserved_check check (reserved between 0 and to_ship),
  constraint demand_taken_check check (taken between 0 and reserved),
  constraint demand_uncovered_check check (uncovered between 0 and to_ship - reserved)
);
create index demand_queue_idx on demand (warehouse_id, product_id);
create index demand_uncovered_idx on demand (warehouse_id, product_id) where uncovered > 0;
create index demand_order_id_idx on demand (order_id, warehouse_id);
comment on table demand is 'Order lines with units to ship, each with its place in the queue. A line leaves when nothing is left.';
comment on column demand.to_ship is 'Ordered less shipped less cancelled.';
comment on column demand.taken is 'Of the reserved, what is in a parcel being prepared: untouchable.';
comment on column demand.required_by is '9999-12-31: no date is required.';
comment on column demand.supply_id is 'The incoming line that covers the last missing unit; null: nothing missing, or not on order.';
comment on column demand.expected_on is 'Date of that line.';
comment on column demand.uncovered is 'Units that neither stock nor anything on its way covers: they must be bought.';

create table supply (
  id bigint generated always as identity,
  purchase_order_line_id bigint not null,
  purchase_order_id bigint not null,
  warehouse_id bigint not null,
  product_id bigint not null,
  quantity integer not null,
  due_on date not null,
  constraint supply_pkey primary key (id),
  constraint supply_purchase_order_line_id_key unique (purchase_order_line_id),
  constraint supply_purchase_order_line_id_fkey foreign key (purchase_order_line_id) references purchase_order_lines (id),
  constraint supply_purchase_order_id_fkey foreign key (purchase_order_id) references purchase_orders (id),
  constraint supply_level_fkey foreign key (warehouse_id, product_id) references levels (warehouse_id, product_id),
  constraint supply_quantity_check check (quantity > 0)
);
create index supply_queue_idx on supply (warehouse_id, product_id, due_on, id);
create index supply_purchase_order_id_idx on supply (purchase_order_id);
comment on table supply is 'What is on its way: lines of sent purchase orders with units still to come.';
alter table demand add constraint demand_supply_id_fkey foreign key (supply_id) references supply (id) on delete set null;
create index demand_supply_id_idx on demand (supply_id) where supply_id is not null;

create table reservation_entries (
  id bigint generated always as identity,
  order_line_id bigint not null,
  product_id bigint not null,
  warehouse_id bigint not null,
  change integer not null,
  cause text not null,
  reception_id bigint,
  reason text not null default '',
  user_id bigint,
  at timestamptz not null default moment(),
  constraint reservation_entries_pkey primary key (id),
  constraint reservation_entries_order_line_id_fkey foreign key (order_line_id) references order_lines (id),
  constraint reservation_entries_product_id_fkey foreign key (product_id) references products (id),
  constraint reservation_entries_warehouse_id_fkey foreign key (warehouse_id) references warehouses (id),
  constraint reservation_entries_reception_id_fkey foreign key (reception_id) references receptions (id),
  constraint reservation_entries_user_id_fkey foreign key (user_id) references users (id),
  constraint reservation_entries_change_check check (change <> 0),
  constraint reservation_entries_cause_check check (cause in
    ('order_placed', 'order_edited', 'order_held', 'order_released', 'order_cancelled', 'reception', 'adjustment',
     'preparation', 'shipment', 'purchase_order', 'priority', 'settings'))
);
create index reservation_entries_order_line_id_idx on reservation_entries (order_line_id, id);
create index reservation_entries_product_id_idx on reservation_entries (product_id);
create index reservation_entries_warehouse_id_idx on reservation_entries (warehouse_id);
create index reservation_entries_reception_id_idx on reservation_entries (reception_id) where reception_id is not null;
create index reservation_entries_user_id_idx on reservation_entries (user_id);
create trigger reservation_entries_append_only before update or delete on reservation_entries
  for each row execute function refuse_change();
comment on table reservation_entries is 'Every decision about reserved units: their changes add up to demand.reserved. Append-only.';
