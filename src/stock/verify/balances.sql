select format('warehouse %s, product %s: level says reserved %s, to ship %s, incoming %s; lines say %s, %s, %s',
  l.warehouse_id, l.product_id, l.reserved, l.to_ship, l.incoming,
  coalesce(d.reserved, 0), coalesce(d.to_ship, 0), coalesce(s.quantity, 0)) as row
from levels l
left join (
  select warehouse_id, product_id, sum(reserved) as reserved, sum(to_ship) as to_ship
  from demand group by 1, 2
) d using (warehouse_id, product_id)
left join (
  select warehouse_id, product_id, sum(quantity) as quantity from supply group by 1, 2
) s using (warehouse_id, product_id)
where (l.reserved, l.to_ship, l.incoming)
  is distinct from (coalesce(d.reserved, 0), coalesce(d.to_ship, 0), coalesce(s.quantity, 0))
  or l.reserved > l.on_hand
