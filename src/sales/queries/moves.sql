-- What moved of these orders: what the customer thinks, what is so, and the decision that came last. Reads moved.sql.
with today as (select :today::date as day)
select m.order_id, m.order_line_id as line, p.sku, m.lay_here, m.was_on, m.now_on, m.told_at,
  coalesce(why.cause, 'purchase_order') as cause, coalesce(why.reason, '') as reason, why.old_on as last_on
from (
  select d.order_id, d.order_line_id, d.product_id, d.line_number, was.lay_here, was.day as was_on,
    d.expected_on as now_on, t.told_at
  from :moved and d.order_id = any(:orders)
) m
join products p on p.id = m.product_id
left join lateral (
  select c.cause, c.reason, e.old_on
  from (
    (select e.decision_id, e.old_on from promise_entries e
     where e.order_line_id = m.order_line_id order by e.decision_id desc limit 1)
    union all
    (select e.decision_id, null from reservation_entries e join decisions c on c.id = e.decision_id
     where e.order_line_id = m.order_line_id and e.change < 0 and c.cause <> 'shipment'
     order by e.decision_id desc limit 1)
  ) e
  join decisions c on c.id = e.decision_id
  order by e.decision_id desc limit 1
) why on true
order by m.order_id, m.line_number
