-- The figures at the top of the dashboard; $1: now.
with tab as (
  select count(*) filter (where state = 'reserved') as ready,
    count(*) filter (where state in ('partial', 'missing')) as waiting,
    count(*) filter (where state = 'missing') as nothing_reserved,
    count(*) filter (where state = 'in_preparation') as in_preparation
  from consignments where state <> 'done'
), need as (
  select coalesce(sum(uncovered), 0)::int8 as to_buy, count(distinct product_id) as products_to_buy
  from demand where uncovered > 0
), coming as (
  select count(distinct purchase_order_id) as under_way,
    count(distinct purchase_order_id) filter (where due_on < $1::date) as late
  from supply
), arrived as (
  select count(distinct r.id) as receptions, coalesce(sum(l.quantity), 0)::int8 as received
  from receptions r left join reception_lines l on l.reception_id = r.id
  where r.received_at >= date_trunc('day', $1)
), sold as (
  select count(*) as lines, count(*) filter (where e.units = l.ordered) as filled_at_once
  from orders o
  join order_lines l on l.order_id = o.id
  left join lateral (
    select sum(e.change) as units from reservation_entries e
    where e.order_line_id = l.id and e.cause = 'order_placed'
  ) e on true
  where o.placed_at >= $1 - interval '30 days'
)
select * from tab, need, coming, arrived, sold
