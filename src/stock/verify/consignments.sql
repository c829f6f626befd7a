select format('order %s, warehouse %s: state %s, its lines say %s', order_id, warehouse_id, c.state, s.state) as row
from consignments c
full join (
  select order_id, warehouse_id,
    case
      when sum(taken) > 0 then 'in_preparation'
      when bool_or(held) then 'held'
      when sum(reserved) = sum(to_ship) then 'reserved'
      when sum(reserved) > 0 then 'partial'
      else 'missing'
    end as state
  from demand group by 1, 2
) s using (order_id, warehouse_id)
where coalesce(c.state, 'none') <> coalesce(s.state, 'done')
