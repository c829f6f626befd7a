-- Goods on their way from one warehouse to another. They lie nowhere, and are promised like those of purchase orders:
-- supply is of one kind, with two origins.

create sequence transfer_numbers;

create table transfers (
  id bigint generated always as identity,
  number text not null,
  from_warehouse_id bigint not null,
  to_warehouse_id bigint not null,
  status text not null default 'draft',
  expected_on date,
  note text not null default '',
  version integer not null default 0,
  created_by bigint,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  closed_at timestamptz,
  constraint transfers_pkey primary key (id),
  constraint transfers_number_key unique (number),
  constraint transfers_from_warehouse_id_fkey foreign key (from_warehouse_id) references warehouses (id),
  constraint transfers_to_warehouse_id_fkey foreign key (to_warehouse_id) references warehouses (id),
  constraint transfers_created_by_fkey foreign key (created_by) references users (id),
  constraint transfers_status_check check (status in ('draft', 'sent', 'partly_received', 'received', 'cancelled')),
  constraint transfers_warehouses_check check (from_warehouse_id <> to_warehouse_id),
  constraint transfers_expected_on_check check (sent_at is null or expected_on is not null)
);
create index transfers_number_prefix_idx on transfers (number text_pattern_ops);
create index transfers_open_idx on transfers (id) where status in ('draft', 'sent', 'partly_received');
create index transfers_from_warehouse_id_idx on transfers (from_warehouse_id);
create index transfers_to_warehouse_id_idx on transfers (to_warehouse_id);
create index transfers_created_by_idx on transfers (created_by);
comment on table transfers is 'Goods that go from one warehouse to another.';
comment on column transfers.expected_on is 'When they arrive; null: a draft that says no day.';
comment on column transfers.closed_at is 'Since when nothing is under way or to be sent.';

create table transfer_lines (
  id bigint generated always as identity,
  transfer_id bigint not null,
  line_number integer not null,
  product_id bigint not null,
  quantity integer not null,
  received integer not null default 0,
  lost integer not null default 0,
  called_back integer not null default 0,
  constraint transfer_lines_pkey primary key (id),
  constraint transfer_lines_transfer_id_line_number_key unique (transfer_id, line_number),
  constraint transfer_lines_transfer_id_product_id_key unique (transfer_id, product_id),
  constraint transfer_lines_transfer_id_fkey foreign key (transfer_id) references transfers (id),
  constraint transfer_lines_product_id_fkey foreign key (product_id) references products (id),
  constraint transfer_lines_quantity_check check (quantity > 0),
  constraint transfer_lines_ends_check check (least(received, lost, called_back) >= 0),
  constraint transfer_lines_under_way_check check (quantity - received - lost - called_back >= 0)
);
create index transfer_lines_product_id_idx on transfer_lines (product_id);
comment on table transfer_lines is 'One product on a transfer. Of what was sent, all that is not received, lost or called back is under way.';
comment on column transfer_lines.quantity is 'Units to send; once the transfer is sent, units that were.';
comment on column transfer_lines.received is 'Units that arrived.';
comment on column transfer_lines.lost is 'Units that were written off: the sum of transfer_losses.';
comment on column transfer_lines.called_back is 'Units that lie again where they came from.';

create table transfer_losses (
  id bigint generated always as identity,
  transfer_line_id bigint not null,
  quantity integer not null,
  reason text not null,
  user_id bigint,
  at timestamptz not null default now(),
  constraint transfer_losses_pkey primary key (id),
  constraint transfer_losses_transfer_line_id_fkey foreign key (transfer_line_id) references transfer_lines (id),
  constraint transfer_losses_user_id_fkey foreign key (user_id) references users (id),
  constraint transfer_losses_quantity_check check (quantity > 0),
  constraint transfer_losses_reason_check check (reason <> '')
);
create index transfer_losses_transfer_line_id_idx on transfer_losses (transfer_line_id);
create index transfer_losses_user_id_idx on transfer_losses (user_id);
create trigger transfer_losses_append_only before update or delete on transfer_losses
  for each row execute function refuse_change();
comment on table transfer_losses is 'Units that were lost under way, where they lie nowhere and so move nowhere. Append-only.';

alter table movements add column transfer_id bigint;
alter table movements add constraint movements_transfer_id_fkey foreign key (transfer_id) references transfers (id);
alter table movements drop constraint movements_origin_check;
alter table movements add constraint movements_origin_check
  check (num_nonnulls(reception_id, shipment_id, transfer_id) <= 1);
create index movements_transfer_id_idx on movements (transfer_id) where transfer_id is not null;

alter table supply
  add column transfer_line_id bigint,
  add column transfer_id bigint,
  alter column purchase_order_line_id drop not null,
  alter column purchase_order_id drop not null;
alter table supply add constraint supply_transfer_line_id_key unique (transfer_line_id);
alter table supply add constraint supply_transfer_line_id_fkey
  foreign key (transfer_line_id) references transfer_lines (id);
alter table supply add constraint supply_transfer_id_fkey foreign key (transfer_id) references transfers (id);
alter table supply add constraint supply_origin_check check (
  num_nonnulls(purchase_order_line_id, transfer_line_id) = 1
  and (purchase_order_id is null) = (purchase_order_line_id is null)
  and (transfer_id is null) = (transfer_line_id is null));
create index supply_transfer_id_idx on supply (transfer_id) where transfer_id is not null;
comment on table supply is 'What is on its way: lines of sent purchase orders, and of transfers under way, with units still to come.';
comment on column supply.purchase_order_line_id is 'What brings it: this line of a purchase order, or a line of a transfer.';

alter table decisions drop constraint decisions_cause_check;
alter table decisions add constraint decisions_cause_check check (cause in
  ('order_placed', 'order_edited', 'order_held', 'order_released', 'order_cancelled', 'reception', 'reversal',
   'adjustment', 'preparation', 'shipment', 'purchase_order', 'transfer', 'priority', 'moved', 'settings'));
