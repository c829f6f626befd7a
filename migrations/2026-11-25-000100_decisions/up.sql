-- One decision for every change of the books: cause, document, who, why, when. The entries that follow from it are narrow
-- and point to it. They bear no foreign keys, which would be asked row by row: `backfill verify` looks whether they hold.

create table decisions (
  id bigint generated always as identity,
  cause text not null,
  reception_id bigint,
  reason text not null default '',
  user_id bigint,
  at timestamptz not null,
  constraint decisions_pkey primary key (id),
  constraint decisions_reception_id_fkey foreign key (reception_id) references receptions (id),
  constraint decisions_user_id_fkey foreign key (user_id) references users (id),
  constraint decisions_cause_check check (cause in
    ('order_placed', 'order_edited', 'order_held', 'order_released', 'order_cancelled', 'reception', 'reversal',
     'adjustment', 'preparation', 'shipment', 'purchase_order', 'priority', 'moved', 'settings'))
);
create index decisions_reception_id_idx on decisions (reception_id) where reception_id is not null;
create index decisions_user_id_idx on decisions (user_id) where user_id is not null;
comment on table decisions is 'Why the books changed: one for all that follows from one act. Append-only.';
comment on column decisions.user_id is 'Who; null: Backfill itself.';

insert into decisions (cause, reception_id, reason, user_id, at)
select cause, reception_id, reason, user_id, at
from (
  select cause, reception_id, reason, user_id, at from reservation_entries
  union
  select cause, null, reason, user_id, at from promise_entries p
  where not exists (
    select from reservation_entries e
    where e.cause = p.cause and e.reason = p.reason and e.at = p.at and e.user_id is not distinct from p.user_id)
) each_once
order by at;

-- For what follows, and for nothing after.
create temporary table named as
select min(id) as id, cause, reason, user_id, at from decisions group by 2, 3, 4, 5;
create index on named (at, cause);

create temporary table old_reservations as
select e.order_line_id, d.id as decision_id, sum(e.change)::integer as change
from reservation_entries e
join decisions d on d.at = e.at and d.cause = e.cause and d.reason = e.reason
  and d.user_id is not distinct from e.user_id and d.reception_id is not distinct from e.reception_id
group by 1, 2 having sum(e.change) <> 0;

create temporary table old_promises as
select distinct on (e.order_line_id, n.id) e.order_line_id, n.id as decision_id,
  first_value(e.old_on) over moves as old_on, last_value(e.new_on) over moves as new_on
from promise_entries e
join named n on n.at = e.at and n.cause = e.cause and n.reason = e.reason and n.user_id is not distinct from e.user_id
window moves as (partition by e.order_line_id, n.id order by e.id rows between unbounded preceding and unbounded following);

drop table reservation_entries;
drop table promise_entries;

create table reservation_entries (
  order_line_id bigint not null,
  decision_id bigint not null,
  change integer not null,
  constraint reservation_entries_pkey primary key (order_line_id, decision_id),
  constraint reservation_entries_change_check check (change <> 0)
);
create index reservation_entries_decision_id_idx on reservation_entries (decision_id);
insert into reservation_entries select * from old_reservations;
create trigger reservation_entries_append_only before update or delete on reservation_entries
  for each row execute function refuse_change();
comment on table reservation_entries is 'What a decision changed about the reserved units of a line: these add up to demand.reserved. Append-only.';

create table promise_entries (
  order_line_id bigint not null,
  decision_id bigint not null,
  old_on date,
  new_on date,
  constraint promise_entries_pkey primary key (order_line_id, decision_id),
  constraint promise_entries_change_check check (old_on is distinct from new_on)
);
create index promise_entries_slipped_idx on promise_entries (order_line_id, old_on)
  where old_on is not null and (new_on is null or new_on > old_on);
insert into promise_entries select * from old_promises where old_on is distinct from new_on;
create trigger promise_entries_append_only before update or delete on promise_entries
  for each row execute function refuse_change();
comment on table promise_entries is 'What a decision changed about the expected date of a waiting line. Append-only.';
comment on column promise_entries.old_on is 'Null: its last missing unit was not on order.';
comment on column promise_entries.new_on is 'Null: its last missing unit is not on order.';

alter table movements add column decision_id bigint;
alter table movements disable trigger movements_append_only;
update movements m set decision_id = n.id
from named n
where n.at = m.at and n.user_id is not distinct from m.user_id
  and n.cause = case m.reason when 'reception' then 'reception' when 'shipment' then 'shipment' else 'adjustment' end;
alter table movements enable trigger movements_append_only;
comment on column movements.decision_id is 'Why it moved; null: before decisions were kept, when nobody gained or lost by it.';

drop table named, old_reservations, old_promises;
create trigger decisions_append_only before update or delete on decisions
  for each row execute function refuse_change();
