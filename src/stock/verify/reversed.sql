select format('reception line %s: %s arrived, %s reversed', l.id, l.quantity, v.units) as row
from reception_lines l
join (
  select reception_line_id, sum(quantity) as units from reversal_lines group by 1
) v on v.reception_line_id = l.id
where v.units > l.quantity
union all
select format('reversal %s of reception %s: it takes nothing back, or units of another', v.id, v.reception_id)
from reception_reversals v
where not exists (select from reversal_lines r where r.reversal_id = v.id)
  or exists (
    select from reversal_lines r join reception_lines l on l.id = r.reception_line_id
    where r.reversal_id = v.id and l.reception_id <> v.reception_id)
