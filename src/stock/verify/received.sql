select format('purchase order line %s: %s received, receptions add up to %s', l.id, l.received, coalesce(r.units, 0)) as row
from purchase_order_lines l
left join (
  select purchase_order_line_id, sum(quantity) as units from reception_lines
  where reception_id not in (select reception_id from reception_reversals) group by 1
) r on r.purchase_order_line_id = l.id
where l.received <> coalesce(r.units, 0)
