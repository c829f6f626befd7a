-- A reversal takes back what can be taken back, and another may take the rest later: a reception has any number of them,
-- each with its units.

create temporary table reversals_before on commit drop as
  select reception_id, reason, reversed_by, reversed_at from reception_reversals;
drop table reception_reversals;

create table reception_reversals (
  id bigint generated always as identity,
  reception_id bigint not null,
  reason text not null,
  reversed_by bigint,
  reversed_at timestamptz not null default now(),
  constraint reception_reversals_pkey primary key (id),
  constraint reception_reversals_reception_id_fkey foreign key (reception_id) references receptions (id),
  constraint reception_reversals_reversed_by_fkey foreign key (reversed_by) references users (id),
  constraint reception_reversals_reason_check check (reason <> '')
);
create index reception_reversals_reception_id_idx on reception_reversals (reception_id);
create index reception_reversals_reversed_by_idx on reception_reversals (reversed_by);
create trigger reception_reversals_append_only before update or delete on reception_reversals
  for each row execute function refuse_change();
comment on table reception_reversals is 'Receptions that were mistakes, in part or whole. Append-only.';

create table reversal_lines (
  reversal_id bigint not null,
  reception_line_id bigint not null,
  quantity integer not null,
  constraint reversal_lines_pkey primary key (reversal_id, reception_line_id),
  constraint reversal_lines_reversal_id_fkey foreign key (reversal_id) references reception_reversals (id),
  constraint reversal_lines_reception_line_id_fkey foreign key (reception_line_id) references reception_lines (id),
  constraint reversal_lines_quantity_check check (quantity > 0)
);
create index reversal_lines_reception_line_id_idx on reversal_lines (reception_line_id);
create trigger reversal_lines_append_only before update or delete on reversal_lines
  for each row execute function refuse_change();
comment on table reversal_lines is 'Units that a reversal took back out: of a reception line never more than it brought. Append-only.';

-- Until now a reversal took everything.
insert into reception_reversals (reception_id, reason, reversed_by, reversed_at)
select reception_id, reason, reversed_by, reversed_at from reversals_before order by reversed_at, reception_id;

insert into reversal_lines (reversal_id, reception_line_id, quantity)
select v.id, l.id, l.quantity
from reception_reversals v join reception_lines l on l.reception_id = v.reception_id;
