alter table movements
  add column from_level integer,
  add column to_level integer,
  add column corrects_id bigint;
alter table movements disable trigger movements_append_only;
with ends as (
  select id, product_id, from_warehouse_id as warehouse_id, -quantity as change, true as leaves
  from movements where from_warehouse_id is not null
  union all
  select id, product_id, to_warehouse_id, quantity, false
  from movements where to_warehouse_id is not null
),
after as (
  select id, leaves, sum(change) over (partition by warehouse_id, product_id order by id) as level from ends
)
update movements m set from_level = s.from_level, to_level = s.to_level
from (
  select id, min(level) filter (where leaves) as from_level, min(level) filter (where not leaves) as to_level
  from after group by id
) s
where s.id = m.id;
alter table movements enable trigger movements_append_only;
alter table movements
  add constraint movements_levels_check check (
    (from_level is null) = (from_warehouse_id is null) and (to_level is null) = (to_warehouse_id is null)),
  add constraint movements_corrects_id_key unique (corrects_id),
  add constraint movements_corrects_id_fkey foreign key (corrects_id) references movements (id);
drop index movements_user_id_idx;
create index movements_user_id_idx on movements (user_id, id desc);
create index movements_at_idx on movements using brin (at);
comment on column movements.from_level is 'Units on hand where it left, right after it.';
comment on column movements.to_level is 'Units on hand where it came to, right after it.';
comment on column movements.corrects_id is 'The movement that was a mistake, of which it is the opposite.';
