-- What each order still open when `e` ended wanted then, by warehouse; see STOOD_SQL. Written so that each line asks its
-- indexes, however many orders there are.
select l.order_id, l.warehouse_id, sum(b.to_ship) as to_ship, sum(b.to_ship - b.reserved) as missing
from (
  select id, placed_at, created_at, held_at from orders where status = 'open'
  union all
  select id, placed_at, created_at, held_at from orders where closed_at >= e.ended
) o
join order_lines l on l.order_id = o.id and not l.is_kit
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
where o.placed_at < e.ended and o.created_at < e.ended and (o.held_at is null or o.held_at >= e.ended)
  and not exists (
    select from shipments s
    where s.order_id = l.order_id and s.warehouse_id = l.warehouse_id and s.created_at < e.ended
      and coalesce(s.shipped_at, s.cancelled_at, 'infinity') >= e.ended)
group by l.order_id, l.warehouse_id
having sum(b.to_ship) > 0
