-- Goods at a supplier, defective goods and goods set aside serve no order.
select format('order line %s waits in warehouse %s, which is %s', d.order_line_id, w.code, w.kind) as row
from demand d
join warehouses w on w.id = d.warehouse_id
where w.kind in ('supplier', 'defective', 'set_aside')
