-- Lines that wait for another day than their customers think of, each as `d`: what the customer thinks is `was`, what is
-- so is `now`, seen from `today`. A day that is over is none. Who was never told of a line knows the first day there was,
-- or that it lay here. Only lines whose date moved, that are told to come on no known day, or that are late can be so.
demand d
cross join today
left join told_dates t on t.order_line_id = d.order_line_id
left join lateral (
  select e.old_on as day from promise_entries e
  where t.order_line_id is null and d.moved and e.order_line_id = d.order_line_id and e.old_on is not null
  order by e.decision_id limit 1
) first on true
cross join lateral (select case when d.expected_on >= today.day then d.expected_on end as day) now
cross join lateral (
  select t.order_line_id is null and d.moved and first.day is null as lay_here,
    case when t.order_line_id is not null then t.told_on when d.moved then first.day else d.expected_on end as day
) was
where d.reserved < d.to_ship and (d.expected_on is not null or d.uncovered > 0)
  and (d.moved or t.order_line_id is not null and t.told_on is null or d.expected_on < today.day)
  and (was.lay_here or was.day is distinct from now.day)
