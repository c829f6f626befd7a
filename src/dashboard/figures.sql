-- The figures at the top of the dashboard; $1: today, $2: when it began.
with tab as (
  select coalesce(sum(consignments) filter (where state = 'reserved'), 0)::int8 as ready,
    coalesce(sum(consignments) filter (where state in ('partial', 'missing')), 0)::int8 as waiting,
    coalesce(sum(consignments) filter (where state = 'missing'), 0)::int8 as nothing_reserved,
    coalesce(sum(consignments) filter (where state = 'in_preparation'), 0)::int8 as in_preparation
  from consignment_counts
), need as (
  select coalesce(sum(uncovered), 0)::int8 as to_buy, count(distinct product_id) as products_to_buy
  from demand where uncovered > 0
), coming as (
  select count(distinct purchase_order_id) as under_way,
    count(distinct purchase_order_id) filter (where due_on < $1) as late,
    count(distinct transfer_id) filter (where due_on < $1) as late_transfers
  from supply
), arrived as (
  select count(distinct r.id) as receptions, coalesce(sum(l.quantity), 0)::int8 as received
  from receptions r left join reception_lines l on l.reception_id = r.id
  where r.received_at >= $2
), sold as (
  select count(*) as lines, count(*) filter (where e.units = l.ordered) as filled_at_once
  from orders o
  join order_lines l on l.order_id = o.id and not l.is_kit
  left join lateral (
    select sum(e.change) as units
    from reservation_entries e join decisions d on d.id = e.decision_id
    where e.order_line_id = l.id and d.cause = 'order_placed'
  ) e on true
  where o.placed_at >= $2
)
select * from tab, need, coming, arrived, sold
