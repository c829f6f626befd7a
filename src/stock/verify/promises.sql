-- Lines take units of what is coming in queue order, by date: laid end to end, each promise must
-- end inside the layer it names.
with asked as (
  select d.order_line_id, d.warehouse_id, d.product_id, d.supply_id,
    sum(d.to_ship - d.reserved) over (partition by d.warehouse_id, d.product_id
      order by d.pinned_at asc nulls last, d.priority_rank, d.required_by, d.placed_at, d.order_id, d.line_number)
      - (l.on_hand - l.reserved) as upto
  from demand d
  join levels l on l.warehouse_id = d.warehouse_id and l.product_id = d.product_id
), brought as (
  select id, warehouse_id, product_id, quantity,
    sum(quantity) over (partition by warehouse_id, product_id order by due_on, purchase_order_line_id) as upto
  from supply
)
select format('order line %s is promised units of supply %s that it does not bring', a.order_line_id, a.supply_id) as row
from asked a join brought b on b.id = a.supply_id
where a.upto > b.upto or a.upto <= b.upto - b.quantity
