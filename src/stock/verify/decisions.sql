select format('order line %s: %s reserved, decisions add up to %s',
  order_line_id, coalesce(d.reserved, 0), coalesce(e.units, 0)) as row
from demand d
full join (
  select order_line_id, sum(change) as units from reservation_entries group by 1
) e using (order_line_id)
where coalesce(d.reserved, 0) <> coalesce(e.units, 0)
