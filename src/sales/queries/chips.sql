-- The few lines of each order that a list shows: what is missing first. $1: orders; $2: how many.
select c.order_id, c.lines, p.sku, p.name, w.id as warehouse_id, w.name as warehouse,
  c.ordered, c.shipped, c.cancelled, c.reserved, c.uncovered, c.expected_on
from unnest($1) as o (id)
cross join lateral (
  select l.order_id, count(*) over () as lines, l.product_id, l.warehouse_id, l.line_number,
    l.ordered, l.shipped, l.cancelled, coalesce(d.reserved, 0) as reserved,
    coalesce(d.uncovered, 0) as uncovered, d.expected_on,
    case when d.reserved is null then 3 when d.reserved = 0 then 0
      when d.reserved < d.to_ship then 1 else 2 end as rank
  from order_lines l left join demand d on d.order_line_id = l.id
  where l.order_id = o.id
  order by rank, l.line_number limit $2
) c
join products p on p.id = c.product_id
join warehouses w on w.id = c.warehouse_id
order by c.order_id, c.rank, c.line_number
