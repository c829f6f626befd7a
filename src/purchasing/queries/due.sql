-- Lines of purchase orders that were due on the day of `e`, sent before it ended, and what of each had arrived by then. Units
-- given up since count as if nobody had ordered them.
select l.purchase_order_id, l.ordered - l.cancelled as wanted, coalesce((
    select sum(x.quantity - coalesce((
      select sum(v.quantity) from reversal_lines v where v.reception_line_id = x.id), 0))
    from reception_lines x
    join receptions r on r.id = x.reception_id
    where x.purchase_order_line_id = l.id and r.received_at < e.ended
  ), 0) as arrived
from purchase_orders p
join purchase_order_lines l on l.purchase_order_id = p.id
where p.sent_at < e.ended and l.ordered > l.cancelled and :due = e.day
