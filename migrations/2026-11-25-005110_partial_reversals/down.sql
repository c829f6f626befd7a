-- Which units a reversal took is forgotten: one that took a part is a reversal of the whole.
create temporary table reversals_before on commit drop as
  select distinct on (reception_id) reception_id, reason, reversed_by, reversed_at
  from reception_reversals order by reception_id, id desc;
drop table reversal_lines;
drop table reception_reversals;

create table reception_reversals (
  reception_id bigint not null,
  reason text not null,
  reversed_by bigint,
  reversed_at timestamptz not null default now(),
  constraint reception_reversals_pkey primary key (reception_id),
  constraint reception_reversals_reception_id_fkey foreign key (reception_id) references receptions (id),
  constraint reception_reversals_reversed_by_fkey foreign key (reversed_by) references users (id),
  constraint reception_reversals_reason_check check (reason <> '')
);
create index reception_reversals_reversed_by_idx on reception_reversals (reversed_by);
create trigger reception_reversals_append_only before update or delete on reception_reversals
  for each row execute function refuse_change();
comment on table reception_reversals is 'Receptions that were mistakes: at most one reversal each. Append-only.';

insert into reception_reversals (reception_id, reason, reversed_by, reversed_at)
select reception_id, reason, reversed_by, reversed_at from reversals_before;
