select format('order line %s of order %s: %s to ship, the queue says %s',
  l.id, o.number, l.ordered - l.shipped - l.cancelled, coalesce(d.to_ship, 0)) as row
from order_lines l
join orders o on o.id = l.order_id
left join demand d on d.order_line_id = l.id
where not l.is_kit and l.ordered - l.shipped - l.cancelled <> coalesce(d.to_ship, 0)
  or d.order_line_id is not null and (
    d.product_id <> l.product_id or d.warehouse_id <> l.warehouse_id or d.order_id <> l.order_id
    or d.placed_at <> o.placed_at or d.held <> (o.held_at is not null) or o.status <> 'open'
    or d.required_by <> coalesce(o.required_by, '9999-12-31')
    or d.priority_rank <> array_position(array['urgent', 'high', 'normal', 'low'], o.priority) - 1
  )
union all
select format('order line %s was expected on another day, and is not said to have moved', d.order_line_id)
from demand d
where not d.moved and exists (
  select from promise_entries e where e.order_line_id = d.order_line_id and e.old_on is not null)
