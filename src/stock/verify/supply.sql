select format('purchase order line %s of %s: %s to come, supply says %s', l.id, p.number,
  greatest(0, l.ordered - l.cancelled - l.received), coalesce(s.quantity, 0)) as row
from purchase_order_lines l
join purchase_orders p on p.id = l.purchase_order_id
left join supply s on s.purchase_order_line_id = l.id
where coalesce(s.quantity, 0) <> case
    when p.status in ('sent', 'confirmed', 'partly_received') then greatest(0, l.ordered - l.cancelled - l.received)
    else 0 end
  or s.warehouse_id <> p.warehouse_id or s.product_id <> l.product_id
