-- A reception that was a mistake is reversed: its goods are taken back out, and nothing of it is erased.

create table reception_reversals (
  reception_id bigint not null,
  reason text not null,
  reversed_by bigint,
  reversed_at timestamptz not null default moment(),
  constraint reception_reversals_pkey primary key (reception_id),
  constraint reception_reversals_reception_id_fkey foreign key (reception_id) references receptions (id),
  constraint reception_reversals_reversed_by_fkey foreign key (reversed_by) references users (id),
  constraint reception_reversals_reason_check check (reason <> '')
);
create index reception_reversals_reversed_by_idx on reception_reversals (reversed_by);
create trigger reception_reversals_append_only before update or delete on reception_reversals
  for each row execute function refuse_change();
comment on table reception_reversals is 'Receptions that were mistakes: at most one reversal each. Append-only.';

alter table reservation_entries drop constraint reservation_entries_cause_check;
alter table reservation_entries add constraint reservation_entries_cause_check check (cause in
  ('order_placed', 'order_edited', 'order_held', 'order_released', 'order_cancelled', 'reception', 'reversal',
   'adjustment', 'preparation', 'shipment', 'purchase_order', 'priority', 'settings'));
alter table promise_entries drop constraint promise_entries_cause_check;
alter table promise_entries add constraint promise_entries_cause_check check (cause in
  ('order_placed', 'order_edited', 'order_held', 'order_released', 'order_cancelled', 'reception', 'reversal',
   'adjustment', 'preparation', 'shipment', 'purchase_order', 'priority', 'settings'));
