select format('line %s: %s taken, %s held in bins', d.order_line_id, d.taken, coalesce(h.units, 0)) as row
from demand d
join warehouses w on w.id = d.warehouse_id
left join (select order_line_id, sum(quantity) as units from bin_holds group by 1) h on h.order_line_id = d.order_line_id
where w.uses_locations and d.taken <> coalesce(h.units, 0)
union all
select format('bin %s, product %s: %s held, parcels hold %s', c.location_id, c.product_id, c.held, coalesce(h.units, 0))
from bin_contents c
left join (select location_id, product_id, sum(quantity) as units from bin_holds group by 1, 2) h
  on h.location_id = c.location_id and h.product_id = c.product_id
where c.held <> coalesce(h.units, 0)
union all
select format('line %s: %s held in bin %s, but it asks for nothing', h.order_line_id, h.quantity, h.location_id)
from bin_holds h
where not exists (select from demand d where d.order_line_id = h.order_line_id)
