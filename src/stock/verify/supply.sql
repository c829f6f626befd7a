select format('purchase order line %s of %s: %s to come on %s, supply says %s on %s', l.id, p.number,
  greatest(0, l.ordered - l.cancelled - l.received), due.day, coalesce(s.quantity, 0), s.due_on) as row
from purchase_order_lines l
join purchase_orders p on p.id = l.purchase_order_id
left join supply s on s.purchase_order_line_id = l.id
cross join lateral (
  select coalesce(l.confirmed_on, p.confirmed_on, l.expected_on, p.expected_on, l.lead_due_on, p.lead_due_on) as day
) due
where coalesce(s.quantity, 0) <> case
    when p.status in ('sent', 'confirmed', 'partly_received') then greatest(0, l.ordered - l.cancelled - l.received)
    else 0 end
  or s.due_on <> due.day or s.warehouse_id <> p.warehouse_id or s.product_id <> l.product_id
  or s.purchase_order_id <> p.id
union all
select format('transfer line %s of %s: %s under way for %s, supply says %s on %s', l.id, t.number,
  l.quantity - l.received - l.lost - l.called_back, t.expected_on, coalesce(s.quantity, 0), s.due_on)
from transfer_lines l
join transfers t on t.id = l.transfer_id
left join supply s on s.transfer_line_id = l.id
where coalesce(s.quantity, 0) <> case
    when t.status in ('sent', 'partly_received') then l.quantity - l.received - l.lost - l.called_back
    else 0 end
  or s.due_on <> t.expected_on or s.warehouse_id <> t.to_warehouse_id or s.product_id <> l.product_id
  or s.transfer_id <> t.id
