-- Differences of the tabs' counts are added up by a step of the server, not by chance inside somebody's transaction.

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
  return null;
end $$;

drop function add_up_consignment_counts();
