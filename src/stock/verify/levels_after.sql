select format('movement %s: %s on hand after it in warehouse %s, not %s', id, expected, warehouse_id, level) as row
from (
  select id, warehouse_id, level,
    sum(change) over (partition by warehouse_id, product_id order by id) as expected
  from (
    select id, product_id, to_warehouse_id as warehouse_id, quantity as change, to_level as level
    from movements where to_warehouse_id is not null
    union all
    select id, product_id, from_warehouse_id, -quantity, from_level
    from movements where from_warehouse_id is not null
  ) ends
) after
where level <> expected
