-- The state of consignments, read off their lines.
update consignments c
set state = s.state, expected_on = s.expected_on,
  -- Since when it stands in its tab: another date does not count.
  changed_at = case when c.state = s.state then c.changed_at else :now end
from (
  select u.order_id, u.warehouse,
    case
      when count(d.order_line_id) = 0 then 'done'
      when sum(d.taken) > 0 then 'in_preparation'
      when bool_or(d.held) then 'held'
      when sum(d.reserved) = sum(d.to_ship) then 'reserved'
      when sum(d.reserved) > 0 then 'partial'
      else 'missing'
    end as state,
    case when coalesce(sum(d.uncovered), 0) = 0 then max(d.expected_on) end as expected_on
  from :rows
  left join demand d on d.order_id = u.order_id and d.warehouse_id = u.warehouse
  group by u.order_id, u.warehouse
) s
where c.order_id = s.order_id and c.warehouse_id = s.warehouse
  and (c.state, c.expected_on) is distinct from (s.state, s.expected_on)
