-- What days that are over left behind; $1: the days; $2: when each began; $3: when each ended.
insert into figures_by_day (day, ready, waiting, lines, filled, due, on_time)
select e.day, stood.ready, stood.waiting, placed.lines, placed.filled, came.due, came.on_time
from unnest($1::date[], $2::timestamptz[], $3::timestamptz[]) as e (day, began, ended)
cross join lateral (
  select count(*) filter (where w.missing = 0) as ready, count(*) filter (where w.missing > 0) as waiting
  from (:stood) w
) stood
cross join lateral (
  select count(*) as lines, count(*) filter (where got.units = l.ordered) as filled
  from orders o
  join order_lines l on l.order_id = o.id and not l.is_kit
  cross join lateral (
    select sum(r.change) as units
    from reservation_entries r
    where r.order_line_id = l.id
      and (select d.cause from decisions d where d.id = r.decision_id) = 'order_placed'
  ) got
  where o.placed_at >= e.began and o.placed_at < e.ended
) placed
cross join lateral (
  select count(*) as due, count(*) filter (where l.arrived >= l.wanted) as on_time from (:due) l
) came
on conflict (day) do nothing
