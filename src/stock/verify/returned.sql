select format('order line %s: %s came back, returns add up to %s', l.id, l.returned,
  coalesce(own.units, 0) + coalesce(l.per_kit * sold.units, 0)) as row
from order_lines l
left join (
  select b.order_line_id, sum(b.good + b.damaged) as units
  from return_lines b join returns r on r.id = b.return_id
  where r.status = 'received' group by 1
) own on own.order_line_id = l.id
left join (
  select b.order_line_id, sum(b.good + b.damaged) as units
  from return_lines b join returns r on r.id = b.return_id
  where r.status = 'received' group by 1
) sold on sold.order_line_id = l.kit_line_id
where l.returned <> coalesce(own.units, 0) + coalesce(l.per_kit * sold.units, 0)
