-- Where complete orders go first, stock may lie for an order that is not complete. Parts of a kit may lie as long as
-- no whole set of it is free.
with waiting as (
  select d.order_line_id, d.kit_line_id, d.warehouse_id, d.product_id, d.to_ship - d.reserved as missing,
    l.on_hand - l.reserved as free, l.on_hand - l.reserved >= coalesce(d.per_kit, 1) as enough
  from demand d
  join levels l on l.warehouse_id = d.warehouse_id and l.product_id = d.product_id
  join warehouses w on w.id = d.warehouse_id
  cross join company c
  where d.reserved < d.to_ship
    and w.kind in ('building', 'shop') and w.allocation_policy = 'strict_queue' and (not d.held or c.held_orders_keep_stock)
)
select format('order line %s misses %s while %s of product %s are free in warehouse %s',
  order_line_id, missing, free, product_id, warehouse_id) as row
from waiting where enough and kit_line_id is null
union all
select format('the kit of order line %s waits while its parts are free in warehouse %s', kit_line_id, min(warehouse_id))
from waiting where kit_line_id is not null
group by kit_line_id having bool_and(enough)
