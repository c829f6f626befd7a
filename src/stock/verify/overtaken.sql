-- Being picked, and having been moved by hand, are the reasons for which a line behind may hold what a
-- line ahead misses: units that take another turn are left out on either side. So is what could not complete a
-- set of the kit that misses it: the units that are free or held behind it do not make one.
with standing as (
  select d.*, coalesce(t.units, 0) as by_hand, not d.held or c.held_orders_keep_stock as eligible,
    coalesce(d.pinned_at, 'infinity') as pinned
  from demand d
  join warehouses w on w.id = d.warehouse_id and w.allocation_policy = 'strict_queue'
  cross join company c
  left join (select order_line_id, sum(units) as units from turns group by 1) t using (order_line_id)
), behind as (
  select k.kit_line_id, (l.on_hand - l.reserved + coalesce(sum(s.reserved - s.taken - s.by_hand)
      filter (where s.kit_line_id is distinct from k.kit_line_id), 0)) >= k.per_kit as enough
  from standing k
  join levels l on l.warehouse_id = k.warehouse_id and l.product_id = k.product_id
  left join standing s on s.warehouse_id = k.warehouse_id and s.product_id = k.product_id
    and (s.pinned, s.priority_rank, s.required_by, s.placed_at, s.order_id, s.line_number)
      > (k.pinned, k.priority_rank, k.required_by, k.placed_at, k.order_id, k.line_number)
    and s.reserved > s.taken + s.by_hand
  where k.kit_line_id is not null and k.reserved < k.to_ship and k.eligible
  group by k.order_line_id, k.kit_line_id, k.per_kit, l.on_hand, l.reserved
), unjust as (
  select kit_line_id from behind group by 1 having bool_and(enough)
)
select format('order line %s misses units that order line %s behind it holds', ahead, order_line_id) as row
from (
  select d.order_line_id, d.reserved, d.taken, d.by_hand,
    first_value(d.order_line_id) over queue as ahead,
    bool_or(d.kit_line_id is null and d.reserved + d.by_hand < d.to_ship and d.eligible) over before as short_ahead
  from standing d
  window
    queue as (partition by d.warehouse_id, d.product_id
      order by d.pinned_at asc nulls last, d.priority_rank, d.required_by, d.placed_at, d.order_id, d.line_number),
    before as (partition by d.warehouse_id, d.product_id
      order by d.pinned_at asc nulls last, d.priority_rank, d.required_by, d.placed_at, d.order_id, d.line_number
      rows between unbounded preceding and 1 preceding)
) q
where short_ahead and reserved > taken + by_hand
union all
select format('the kit of order line %s misses a set that is free or held by lines behind it', kit_line_id)
from unjust
