select format('warehouse %s, product %s: lines need %s, the level says %s',
  l.warehouse_id, l.product_id, coalesce(d.uncovered, 0),
  greatest(0, l.to_ship - l.on_hand - l.incoming)) as row
from levels l
join warehouses w on w.id = l.warehouse_id and w.kind in ('building', 'shop')
left join (
  select warehouse_id, product_id, sum(uncovered) as uncovered from demand group by 1, 2
) d using (warehouse_id, product_id)
where coalesce(d.uncovered, 0) <> greatest(0, l.to_ship - l.on_hand - l.incoming)
union all
select format('order line %s: covered by %s on %s, %s units uncovered', d.order_line_id, d.supply_id,
  d.expected_on, d.uncovered)
from demand d left join supply s on s.id = d.supply_id
where d.uncovered > 0 and d.supply_id is not null
  or d.supply_id is not null and d.expected_on is distinct from s.due_on
  or d.supply_id is null and d.expected_on is not null
  or d.supply_id is not null and d.reserved = d.to_ship
