create function add_up_consignment_counts() returns void language sql as $$
  with gone as (
    delete from consignment_counts
    where id in (select id from consignment_counts order by id limit 2000 for update skip locked)
    returning warehouse_id, state, consignments
  )
  insert into consignment_counts (warehouse_id, state, consignments)
  select warehouse_id, state, sum(consignments) from gone group by 1, 2 having sum(consignments) <> 0
$$;

create or replace function count_consignments() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into consignment_counts (warehouse_id, state, consignments)
    select warehouse_id, state, count(*) from now group by 1, 2;
  elsif tg_op = 'DELETE' then
    insert into consignment_counts (warehouse_id, state, consignments)
    select warehouse_id, state, -count(*) from was group by 1, 2;
  else
    insert into consignment_counts (warehouse_id, state, consignments)
    select warehouse_id, state, sum(one)
    from (
      select warehouse_id, state, 1 as one from now
      union all
      select warehouse_id, state, -1 from was
    ) moved
    group by 1, 2 having sum(one) <> 0;
  end if;
  if random() < 0.01 then
    perform add_up_consignment_counts();
  end if;
  return null;
end $$;
