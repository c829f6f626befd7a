select format('warehouse %s, product %s: %s on hand or doubted, movements add up to %s',
  warehouse_id, product_id, coalesce(l.on_hand + l.doubted, 0), coalesce(m.units, 0)) as row
from levels l
full join (
  select warehouse_id, product_id, sum(units) as units
  from (
    select to_warehouse_id as warehouse_id, product_id, quantity as units
    from movements where to_warehouse_id is not null
    union all
    select from_warehouse_id, product_id, -quantity
    from movements where from_warehouse_id is not null
  ) moved group by 1, 2
) m using (warehouse_id, product_id)
where coalesce(l.on_hand + l.doubted, 0) <> coalesce(m.units, 0)
