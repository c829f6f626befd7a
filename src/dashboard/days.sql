-- What days that are over left behind; $1: the days; $2: when each began; $3: when each ended.
-- Units given up since count as if nobody had ordered them. Written so that each line asks its indexes, however many lines
-- there are.
insert into figures_by_day (day, ready, waiting, lines, filled, due, on_time)
select e.day, stood.ready, stood.waiting, placed.lines, placed.filled, came.due, came.on_time
from unnest($1::date[], $2::timestamptz[], $3::timestamptz[]) as e (day, began, ended)
cross join lateral (
  select count(*) filter (where w.missing = 0) as ready, count(*) filter (where w.missing > 0) as waiting
  from (
    select l.order_id, l.warehouse_id, sum(b.to_ship) as to_ship, sum(b.to_ship - b.reserved) as missing
    from orders o
    join order_lines l on l.order_id = o.id
    cross join lateral (
      select l.ordered - l.cancelled - coalesce((
          select sum(p.quantity) from shipment_lines p join shipments s on s.id = p.shipment_id
          where p.order_line_id = l.id and s.shipped_at < e.ended), 0) as to_ship,
        coalesce((
          select sum(r.change) from reservation_entries r
          where r.order_line_id = l.id
            and (select d.at from decisions d where d.id = r.decision_id) < e.ended), 0) as reserved
      offset 0
    ) b
    where o.placed_at < e.ended and o.created_at < e.ended
      and (o.closed_at is null or o.closed_at >= e.ended)
      and (o.held_at is null or o.held_at >= e.ended)
    group by l.order_id, l.warehouse_id
  ) w
  where w.to_ship > 0 and not exists (
    select from shipments s
    where s.order_id = w.order_id and s.warehouse_id = w.warehouse_id and s.created_at < e.ended
      and coalesce(s.shipped_at, s.cancelled_at, 'infinity') >= e.ended)
) stood
cross join lateral (
  select count(*) as lines, count(*) filter (where got.units = l.ordered) as filled
  from orders o
  join order_lines l on l.order_id = o.id
  cross join lateral (
    select sum(r.change) as units
    from reservation_entries r
    where r.order_line_id = l.id
      and (select d.cause from decisions d where d.id = r.decision_id) = 'order_placed'
  ) got
  where o.placed_at >= e.began and o.placed_at < e.ended
) placed
cross join lateral (
  select count(*) as due, count(*) filter (where l.arrived >= l.wanted) as on_time
  from (
    select l.ordered - l.cancelled as wanted, coalesce((
        select sum(x.quantity - coalesce((
          select sum(v.quantity) from reversal_lines v where v.reception_line_id = x.id), 0))
        from reception_lines x
        join receptions r on r.id = x.reception_id
        where x.purchase_order_line_id = l.id and r.received_at < e.ended
      ), 0) as arrived
    from purchase_orders p
    join purchase_order_lines l on l.purchase_order_id = p.id
    where p.sent_at < e.ended and l.ordered > l.cancelled
      and :due = e.day
  ) l
) came
on conflict (day) do nothing
