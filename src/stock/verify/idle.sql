-- Where complete orders go first, stock may lie for an order that is not complete.
select format('order line %s misses %s while %s of product %s are free in warehouse %s',
  d.order_line_id, d.to_ship - d.reserved, l.on_hand - l.reserved, l.product_id, l.warehouse_id) as row
from demand d
join levels l on l.warehouse_id = d.warehouse_id and l.product_id = d.product_id
join warehouses w on w.id = d.warehouse_id
cross join company c
where d.reserved < d.to_ship and l.on_hand > l.reserved
  and w.kind in ('building', 'shop') and w.allocation_policy = 'strict_queue' and (not d.held or c.held_orders_keep_stock)
