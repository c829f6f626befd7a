-- What customers were told about the dates of what they wait for. Who was never written to knows the first day there was.

create table told_dates (
  order_line_id bigint not null,
  told_on date,
  told_at timestamptz not null,
  constraint told_dates_pkey primary key (order_line_id),
  constraint told_dates_order_line_id_fkey foreign key (order_line_id) references order_lines (id)
);
create index told_dates_unknown_idx on told_dates (order_line_id) where told_on is null;
comment on table told_dates is 'When a waiting line comes, as its customer was told last.';
comment on column told_dates.told_on is 'Null: that no day is known.';

alter table demand add column moved boolean not null default false;
update demand d set moved = true
where exists (select from promise_entries e where e.order_line_id = d.order_line_id and e.old_on is not null);
-- Rarely set and never unset: most changes of a line still touch no index.
create index demand_moved_idx on demand (order_line_id) where moved;
comment on column demand.moved is 'Whether, while it waits, it was expected on another day before, or had its units.';

-- Letters that went out before: the day as it was then.
insert into told_dates (order_line_id, told_on, told_at)
select d.order_line_id, case when later.is_one then later.old_on else d.expected_on end, w.at
from (
  select record_id, max(at) as at from history
  where record_kind = 'order' and event ->> 'kind' = 'customer_written' group by 1
) w
join demand d on d.order_id = w.record_id
left join lateral (
  select true as is_one, e.old_on from promise_entries e join decisions c on c.id = e.decision_id
  where e.order_line_id = d.order_line_id and c.at > w.at
  order by e.decision_id limit 1
) later on true
where d.reserved < d.to_ship;
