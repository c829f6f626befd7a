select format('order line %s: %s taken, parcels under way hold %s', order_line_id, coalesce(d.taken, 0),
  coalesce(p.quantity, 0)) as row
from demand d
full join (
  select l.order_line_id, sum(l.quantity) as quantity
  from shipment_lines l join shipments s on s.id = l.shipment_id
  where s.status in ('to_pick', 'picked', 'packed') group by 1
) p using (order_line_id)
where coalesce(d.taken, 0) <> coalesce(p.quantity, 0)
