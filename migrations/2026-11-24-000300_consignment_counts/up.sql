-- How many consignments stand in each state, kept as they change, so that nobody counts a million.
-- Every statement adds its difference as a row of its own: no two transactions wait for each other.
-- Now and then one adds up the rows it finds unlocked.

create table consignment_counts (
  id bigint generated always as identity,
  warehouse_id bigint not null,
  state text not null,
  consignments bigint not null,
  constraint consignment_counts_pkey primary key (id),
  constraint consignment_counts_warehouse_id_fkey foreign key (warehouse_id) references warehouses (id)
);
create index consignment_counts_warehouse_id_idx on consignment_counts (warehouse_id, state);
comment on table consignment_counts is 'Differences that add up to the number of consignments in each state.';

create function add_up_consignment_counts() returns void language sql as $$
  with gone as (
    delete from consignment_counts
    where id in (select id from consignment_counts order by id limit 2000 for update skip locked)
    returning warehouse_id, state, consignments
  )
  insert into consignment_counts (warehouse_id, state, consignments)
  select warehouse_id, state, sum(consignments) from gone group by 1, 2 having sum(consignments) <> 0
$$;

create function count_consignments() returns trigger language plpgsql as $$
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

create trigger consignments_count_inserted after insert on consignments
  referencing new table as now for each statement execute function count_consignments();
create trigger consignments_count_updated after update on consignments
  referencing old table as was new table as now for each statement execute function count_consignments();
create trigger consignments_count_deleted after delete on consignments
  referencing old table as was for each statement execute function count_consignments();

insert into consignment_counts (warehouse_id, state, consignments)
select warehouse_id, state, count(*) from consignments group by 1, 2;
