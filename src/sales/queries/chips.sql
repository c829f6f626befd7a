-- The few lines of each order that a list shows: what is missing first. $1: orders; $2: how many. A kit stands there for
-- its parts, in sets.
select c.order_id, c.lines, p.sku, p.name, w.id as warehouse_id, w.name as warehouse,
  c.ordered, c.shipped, c.cancelled, c.reserved, c.uncovered, c.expected_on
from unnest($1) as o (id)
cross join lateral (
  select l.order_id, count(*) over () as lines, l.product_id, l.warehouse_id, l.line_number,
    l.ordered, l.shipped, l.cancelled, coalesce(k.reserved, d.reserved, 0) as reserved,
    coalesce(k.uncovered, d.uncovered, 0) as uncovered, coalesce(k.expected_on, d.expected_on) as expected_on,
    case when coalesce(k.reserved, d.reserved) is null then 3 when coalesce(k.reserved, d.reserved) = 0 then 0
      when coalesce(k.reserved, d.reserved) < coalesce(k.to_ship, d.to_ship) then 1 else 2 end as rank
  from order_lines l
  left join demand d on d.order_line_id = l.id
  left join lateral (
    select min(a.reserved / part.per_kit) as reserved, max((a.uncovered + part.per_kit - 1) / part.per_kit) as uncovered,
      l.ordered - l.shipped - l.cancelled as to_ship,
      case when max(a.uncovered) = 0 then max(a.expected_on) end as expected_on
    from order_lines part join demand a on a.order_line_id = part.id
    where l.is_kit and part.kit_line_id = l.id
  ) k on l.is_kit
  where l.order_id = o.id and l.kit_line_id is null
  order by rank, l.line_number limit $2
) c
join products p on p.id = c.product_id
join warehouses w on w.id = c.warehouse_id
order by c.order_id, c.rank, c.line_number
