-- A kit line is its parts, in whole sets until somebody breaks them.
select format('order line %s: %s ordered, %s shipped and %s cancelled are not what its parts say', k.id, k.ordered,
  k.shipped, k.cancelled) as row
from order_lines k
left join lateral (
  select count(*) as parts, bool_and(p.ordered = k.ordered * p.per_kit and p.order_id = k.order_id
      and (k.broken_at is null) = (p.parts_in_kit is not null)
      and (p.parts_in_kit is null or p.warehouse_id = k.warehouse_id)) as fit,
    min(p.cancelled / p.per_kit) as cancelled,
    max((p.ordered - p.shipped - p.cancelled + p.per_kit - 1) / p.per_kit) as left_over
  from order_lines p where p.kit_line_id = k.id
) p on true
where k.is_kit and (p.parts = 0 or not p.fit or k.cancelled <> p.cancelled
  or k.shipped <> k.ordered - p.cancelled - p.left_over)
union all
select format('order line %s is a part of order line %s, which is no kit', p.id, p.kit_line_id)
from order_lines p join order_lines k on k.id = p.kit_line_id
where not k.is_kit
union all
select format('order line %s asks for a kit that is none any more, or for parts without one', l.id)
from order_lines l join demand d on d.order_line_id = l.id
where l.is_kit or (d.kit_line_id, d.per_kit, d.parts_in_kit) is distinct from
  (case when l.parts_in_kit is not null then l.kit_line_id end,
   case when l.parts_in_kit is not null then l.per_kit end, l.parts_in_kit)
union all
select format('kit of order line %s: its parts hold %s, ask for %s and have %s in parcels, not in whole sets', kit_line_id,
  string_agg(reserved::text, ', '), string_agg(to_ship::text, ', '), string_agg(taken::text, ', '))
from demand where kit_line_id is not null
group by kit_line_id
having count(*) <> min(parts_in_kit) or max(parts_in_kit) <> min(parts_in_kit)
  or bool_or(to_ship % per_kit <> 0 or reserved % per_kit <> 0 or taken % per_kit <> 0)
  or max(to_ship / per_kit) <> min(to_ship / per_kit) or max(reserved / per_kit) <> min(reserved / per_kit)
  or max(taken / per_kit) <> min(taken / per_kit)
  or max(warehouse_id) <> min(warehouse_id) or max(order_id) <> min(order_id) or bool_or(held) <> bool_and(held)
  or max(coalesce(pinned_at, 'infinity')) <> min(coalesce(pinned_at, 'infinity'))
