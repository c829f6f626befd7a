-- Units that change their turn in the queue by hand.

create table hand_moves (
  id bigint generated always as identity,
  warehouse_id bigint not null,
  product_id bigint not null,
  from_line_id bigint not null,
  to_line_id bigint,
  quantity integer not null,
  reason text not null,
  user_id bigint,
  at timestamptz not null default moment(),
  constraint hand_moves_pkey primary key (id),
  constraint hand_moves_level_fkey foreign key (warehouse_id, product_id) references levels (warehouse_id, product_id),
  constraint hand_moves_from_line_id_fkey foreign key (from_line_id) references order_lines (id),
  constraint hand_moves_to_line_id_fkey foreign key (to_line_id) references order_lines (id),
  constraint hand_moves_user_id_fkey foreign key (user_id) references users (id),
  constraint hand_moves_lines_check check (from_line_id is distinct from to_line_id),
  constraint hand_moves_quantity_check check (quantity > 0),
  constraint hand_moves_reason_check check (reason <> '')
);
create index hand_moves_level_idx on hand_moves (warehouse_id, product_id);
create index hand_moves_from_line_id_idx on hand_moves (from_line_id);
create index hand_moves_to_line_id_idx on hand_moves (to_line_id) where to_line_id is not null;
create index hand_moves_user_id_idx on hand_moves (user_id);
create trigger hand_moves_append_only before update or delete on hand_moves
  for each row execute function refuse_change();
comment on table hand_moves is 'Reserved units that somebody moved from one order line to another, or released, and why. Append-only.';
comment on column hand_moves.to_line_id is 'Null: released, to those who wait.';

create table turns (
  id bigint generated always as identity,
  hand_move_id bigint not null,
  order_line_id bigint not null,
  units integer not null,
  pinned_at timestamptz,
  priority_rank smallint not null,
  required_by date not null,
  placed_at timestamptz not null,
  order_id bigint not null,
  line_number integer not null,
  constraint turns_pkey primary key (id),
  constraint turns_hand_move_id_fkey foreign key (hand_move_id) references hand_moves (id),
  constraint turns_order_line_id_fkey foreign key (order_line_id) references demand (order_line_id) on delete cascade,
  constraint turns_order_id_fkey foreign key (order_id) references orders (id),
  constraint turns_units_check check (units > 0)
);
create index turns_hand_move_id_idx on turns (hand_move_id);
create index turns_order_line_id_idx on turns (order_line_id);
create index turns_order_id_idx on turns (order_id);
comment on table turns is 'Units of waiting lines that are served at another place in the queue than their line. They go with the line.';
comment on column turns.order_id is 'With the columns beside it, the place in the queue at which they are served.';

alter table reservation_entries drop constraint reservation_entries_cause_check;
alter table reservation_entries add constraint reservation_entries_cause_check check (cause in
  ('order_placed', 'order_edited', 'order_held', 'order_released', 'order_cancelled', 'reception', 'reversal',
   'adjustment', 'preparation', 'shipment', 'purchase_order', 'priority', 'moved', 'settings'));
alter table promise_entries drop constraint promise_entries_cause_check;
alter table promise_entries add constraint promise_entries_cause_check check (cause in
  ('order_placed', 'order_edited', 'order_held', 'order_released', 'order_cancelled', 'reception', 'reversal',
   'adjustment', 'preparation', 'shipment', 'purchase_order', 'priority', 'moved', 'settings'));
