select format('purchase order line %s: %s received, receptions add up to %s', l.id, l.received, coalesce(r.units, 0)) as row
from purchase_order_lines l
left join (
  select l.purchase_order_line_id, sum(l.quantity - coalesce(v.units, 0)) as units
  from reception_lines l
  left join (
    select reception_line_id, sum(quantity) as units from reversal_lines group by 1
  ) v on v.reception_line_id = l.id
  group by 1
) r on r.purchase_order_line_id = l.id
where l.received <> coalesce(r.units, 0)
