alter table levels add column left_at timestamptz;
update levels l set left_at = coalesce(m.last_left, m.first_came)
from (
  select warehouse_id, product_id, max(at) filter (where leaves) as last_left, min(at) as first_came
  from (
    select from_warehouse_id as warehouse_id, product_id, at, true as leaves
    from movements where from_warehouse_id is not null
    union all
    select to_warehouse_id, product_id, at, false
    from movements where to_warehouse_id is not null
  ) ends group by 1, 2
) m
where l.warehouse_id = m.warehouse_id and l.product_id = m.product_id;
create index levels_left_at_idx on levels (left_at) where on_hand > 0;
comment on column levels.left_at is 'When units left last; before any did, when the first came.';
