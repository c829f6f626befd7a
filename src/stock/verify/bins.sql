select format('warehouse %s, product %s: %s on hand and %s doubted, %s and %s in usable bins',
  l.warehouse_id, l.product_id, l.on_hand, l.doubted, coalesce(c.units, 0), coalesce(c.doubted, 0)) as row
from levels l
join warehouses w on w.id = l.warehouse_id
left join (
  select c.warehouse_id, c.product_id, sum(c.quantity - c.doubted) as units, sum(c.doubted) as doubted
  from bin_contents c join locations b on b.id = c.location_id
  where b.kind <> 'quarantine'
  group by 1, 2
) c on c.warehouse_id = l.warehouse_id and c.product_id = l.product_id
where w.uses_locations and (l.on_hand <> coalesce(c.units, 0) or l.doubted <> coalesce(c.doubted, 0))
union all
select format('warehouse %s, product %s: %s in bin %s, but no bins are used', c.warehouse_id, c.product_id, c.quantity, c.location_id)
from bin_contents c join warehouses w on w.id = c.warehouse_id
where not w.uses_locations
