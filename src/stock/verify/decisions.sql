select format('order line %s: %s reserved, decisions add up to %s',
  order_line_id, coalesce(d.reserved, 0), coalesce(e.units, 0)) as row
from demand d
full join (
  select order_line_id, sum(change) as units from reservation_entries group by 1
) e using (order_line_id)
where coalesce(d.reserved, 0) <> coalesce(e.units, 0)
union all
select format('order line %s: an entry that no decision or no line stands behind', e.order_line_id)
from (
  select order_line_id, decision_id from reservation_entries
  union all
  select order_line_id, decision_id from promise_entries
) e
where not exists (select from decisions d where d.id = e.decision_id)
  or not exists (select from order_lines l where l.id = e.order_line_id)
union all
select format('movement %s: no decision stands behind it', m.id)
from movements m
where m.decision_id is not null and not exists (select from decisions d where d.id = m.decision_id)
