with lines as (
  select l.*, s.number, s.status from shipment_lines l join shipments s on s.id = l.shipment_id
  where s.status in ('to_pick', 'picked', 'packed')
), counted as (
  select l.id as line, c.stage, c.location_id, sum(n.units) as units
  from lines l join scan_lines n on n.shipment_line_id = l.id join scans c on c.id = n.scan_id
  group by 1, 2, 3
)
select format('parcel %s, order line %s: %s picked, %s scanned', l.number, l.order_line_id, l.picked,
  coalesce(c.units, 0)) as row
from lines l
left join (select line, sum(units) as units from counted where stage = 'pick' group by 1) c on c.line = l.id
where l.status = 'to_pick' and l.picked <> coalesce(c.units, 0)
union all
select format('parcel %s, order line %s: %s taken out of bin %s, %s held there', l.number, l.order_line_id, c.units,
  c.location_id, coalesce(h.quantity, 0))
from lines l
join counted c on c.line = l.id and c.stage = 'pick' and c.location_id is not null
left join bin_holds h on h.order_line_id = l.order_line_id and h.location_id = c.location_id
where c.units > coalesce(h.quantity, 0)
union all
select format('parcel %s, order line %s: %s packed, %s scanned', l.number, l.order_line_id, l.packed, c.units)
from lines l
join (select line, sum(units) as units from counted where stage = 'pack' group by 1) c on c.line = l.id
where c.units > l.packed
