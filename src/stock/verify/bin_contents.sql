select format('bin %s, product %s: %s lie there, movements add up to %s', location_id, product_id, coalesce(c.quantity, 0), coalesce(m.units, 0)) as row
from bin_contents c
full join (
  select location_id, product_id, sum(units) as units
  from (
    select to_location_id as location_id, product_id, quantity as units
    from movements where to_location_id is not null
    union all
    select from_location_id, product_id, -quantity
    from movements where from_location_id is not null
  ) moved group by 1, 2 having sum(units) <> 0
) m using (location_id, product_id)
where coalesce(c.quantity, 0) <> coalesce(m.units, 0)
