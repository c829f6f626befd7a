-- Dates that were given, and moved.

create table promise_entries (
  id bigint generated always as identity,
  order_line_id bigint not null,
  old_on date,
  new_on date,
  cause text not null,
  reason text not null default '',
  user_id bigint,
  at timestamptz not null default moment(),
  constraint promise_entries_pkey primary key (id),
  constraint promise_entries_order_line_id_fkey foreign key (order_line_id) references order_lines (id),
  constraint promise_entries_user_id_fkey foreign key (user_id) references users (id),
  constraint promise_entries_change_check check (old_on is distinct from new_on),
  constraint promise_entries_cause_check check (cause in
    ('order_placed', 'order_edited', 'order_held', 'order_released', 'order_cancelled', 'reception', 'adjustment',
     'preparation', 'shipment', 'purchase_order', 'priority', 'settings'))
);
create index promise_entries_order_line_id_idx on promise_entries (order_line_id, id);
create index promise_entries_slipped_idx on promise_entries (order_line_id, old_on)
  where old_on is not null and (new_on is null or new_on > old_on);
create index promise_entries_user_id_idx on promise_entries (user_id);
create trigger promise_entries_append_only before update or delete on promise_entries
  for each row execute function refuse_change();
comment on table promise_entries is 'Every expected date of a waiting order line that moved, and why. Append-only.';
comment on column promise_entries.old_on is 'Null: its last missing unit was not on order.';
comment on column promise_entries.new_on is 'Null: its last missing unit is not on order.';
