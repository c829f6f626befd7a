-- Lines take units of what is coming in the order of their turns, by date: laid end to end, each
-- promise must end inside the layer it names. Units that were moved by hand take a turn of their own. Where kits wait
-- for whole sets, the days they are completed on decide besides; there, no more is promised than is brought.
with turn as (
  select d.order_line_id, d.pinned_at, d.priority_rank, d.required_by, d.placed_at, d.order_id, d.line_number,
    true as own, d.to_ship - coalesce(t.units, 0) as units
  from demand d
  left join (select order_line_id, sum(units) as units from turns group by 1) t using (order_line_id)
  union all
  select order_line_id, pinned_at, priority_rank, required_by, placed_at, order_id, line_number, false, units
  from turns
), missing as (
  select t.*, d.warehouse_id, d.product_id, d.supply_id,
    greatest(0, least(t.units, sum(t.units) over (partition by t.order_line_id
      order by t.pinned_at asc nulls last, t.priority_rank, t.required_by, t.placed_at, t.order_id, t.line_number, own)
      - d.reserved)) as missing
  from turn t join demand d on d.order_line_id = t.order_line_id
), laid as (
  select m.order_line_id, m.supply_id, m.missing,
    sum(m.missing) over (partition by m.warehouse_id, m.product_id
      order by m.pinned_at asc nulls last, m.priority_rank, m.required_by, m.placed_at, m.order_id, m.line_number, own)
      - (l.on_hand - l.reserved) as upto
  from missing m
  join levels l on l.warehouse_id = m.warehouse_id and l.product_id = m.product_id
), asked as (
  select order_line_id, supply_id, max(upto) as upto from laid
  where supply_id is not null and missing > 0 group by 1, 2
), brought as (
  select id, quantity,
    sum(quantity) over (partition by warehouse_id, product_id order by due_on, purchase_order_line_id, transfer_line_id) as upto
  from supply
)
select format('order line %s is promised units of supply %s that it does not bring', a.order_line_id, a.supply_id) as row
from asked a join brought b on b.id = a.supply_id
where (a.upto > b.upto or a.upto <= b.upto - b.quantity)
  and not exists (select from demand d join demand k using (warehouse_id, product_id)
    where d.order_line_id = a.order_line_id and k.kit_line_id is not null)
union all
select format('supply %s brings %s, and %s units that have a day or none are laid on what is coming', s.warehouse_id,
  l.incoming, sum(s.to_ship - s.reserved - s.uncovered))
from demand s join levels l on l.warehouse_id = s.warehouse_id and l.product_id = s.product_id
where s.reserved < s.to_ship
group by s.warehouse_id, s.product_id, l.on_hand, l.reserved, l.incoming
having sum(s.to_ship - s.reserved - s.uncovered) > l.on_hand - l.reserved + l.incoming
