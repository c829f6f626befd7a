select format('order line %s: %s shipped, shipments add up to %s', l.id, l.shipped, coalesce(s.units, 0)) as row
from order_lines l
left join (
  select l.order_line_id, sum(l.quantity) as units
  from shipment_lines l join shipments s on s.id = l.shipment_id
  where s.status = 'shipped' group by 1
) s on s.order_line_id = l.id
where not l.is_kit and l.shipped <> coalesce(s.units, 0)
