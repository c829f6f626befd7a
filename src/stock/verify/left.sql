select format('warehouse %s, product %s: units left after %s', l.warehouse_id, l.product_id, l.left_at) as row
from levels l
join (
  select warehouse_id, product_id, coalesce(max(at) filter (where leaves), min(at)) as left_at
  from (
    select from_warehouse_id as warehouse_id, product_id, at, true as leaves
    from movements where from_warehouse_id is not null and from_warehouse_id is distinct from to_warehouse_id
    union all
    select to_warehouse_id, product_id, at, false
    from movements where to_warehouse_id is not null and from_warehouse_id is distinct from to_warehouse_id
  ) ends group by 1, 2
) m using (warehouse_id, product_id)
where coalesce(l.left_at, '-infinity') < m.left_at
