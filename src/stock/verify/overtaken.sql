-- Being picked, and having been moved by hand, are the reasons for which a line behind may hold what a
-- line ahead misses: units that take another turn are left out on either side.
select format('order line %s misses units that order line %s behind it holds', ahead, order_line_id) as row
from (
  select d.order_line_id, d.reserved, d.taken, coalesce(t.units, 0) as moved,
    first_value(d.order_line_id) over queue as ahead,
    bool_or(d.reserved + coalesce(t.units, 0) < d.to_ship and (not d.held or c.held_orders_keep_stock))
      over before as short_ahead
  from demand d
  join warehouses w on w.id = d.warehouse_id and w.allocation_policy = 'strict_queue'
  cross join company c
  left join (select order_line_id, sum(units) as units from turns group by 1) t using (order_line_id)
  window
    queue as (partition by d.warehouse_id, d.product_id
      order by d.pinned_at asc nulls last, d.priority_rank, d.required_by, d.placed_at, d.order_id, d.line_number),
    before as (partition by d.warehouse_id, d.product_id
      order by d.pinned_at asc nulls last, d.priority_rank, d.required_by, d.placed_at, d.order_id, d.line_number
      rows between unbounded preceding and 1 preceding)
) q
where short_ahead and reserved > taken + moved
