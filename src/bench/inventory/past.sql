-- The past of a shop: two years of movements, levels and bins that agree with them. `:each` stands for
-- the movements of a product.

insert into warehouses (code, name, uses_locations) values
  ('EAST', 'East', false), ('WEST', 'West', false), ('BINS', 'With bins', true);
update warehouses set default_warning_level = 6, default_ideal_level = 20;
insert into users (email, name, role, password_hash)
  select 'clerk' || n || '@bench.example', 'Clerk ' || n, 'user', '!' from generate_series(1, 5) n;
insert into supplier_products (supplier_id, product_id, price, is_primary)
  select s.id, p.id, 10000 + p.id % 500 * 1000, true from suppliers s cross join products p;

create temp table goods as
  select id as product_id, row_number() over (order by id) - 1 as n, count(*) over () as many from products;
create temp table places as
  select id as warehouse_id, row_number() over (order by id) - 1 as n, uses_locations as has_bins from warehouses;

-- A bin for twenty products.
insert into locations (warehouse_id, code, barcode, zone, walk, created_at)
  select w.warehouse_id, code, code, 'Z' || b.n % 20, b.n, now() - interval '731 days'
  from places w
  cross join (select n, 'A-' || lpad(n::text, 6, '0') as code
    from generate_series(1, greatest(10, (select count(*) / 20 from products))) n) b
  where w.has_bins;
create temp table bins as select id as location_id, row_number() over (order by id) - 1 as n from locations;

-- Each product takes its turn in each of the warehouses: once units come, three times some leave. Of
-- every third product all of them; a tenth does not move for the second year.
create temp table moved as
  select g.product_id, w.warehouse_id, b.location_id, t.turn, t.round % 4 = 0 as comes,
    case when t.round % 4 = 0 then 3 * t.units + g.n % 3 else t.units end as quantity,
    date_trunc('milliseconds', now()) - interval '730 days' + interval '729 days'
      * case g.n % 10 when 7 then 0.5 else 1 end
      * ((t.turn * g.many + g.n * 7919 % g.many)::float8 / (:each * g.many)) as at,
    (g.n + t.turn) % 6 as who, (g.n * 13 + t.turn * 7) % 2000 as chance
  from goods g
  cross join lateral (
    select turn, turn / 4 as round, 2 + (g.n * 7 + turn / 16 * 3) % 5 as units from generate_series(0, :each - 1) turn
  ) t
  join places w on w.n = (g.n + t.turn) % 4
  left join bins b on w.has_bins and b.n = (g.n * 31 + t.turn / 16) % (select count(*) from bins);

insert into levels (warehouse_id, product_id, on_hand, warning_level, ideal_level, usual_location_id, left_at)
  select m.warehouse_id, m.product_id, sum(case when comes then quantity else -quantity end),
    case when m.product_id % 10 = 0 then 12 end, case when m.product_id % 10 = 0 then 40 end,
    case when m.product_id % 4 <> 0 then min(location_id) end, coalesce(max(at) filter (where not comes), min(at))
  from moved m group by 1, 2;

with clerks as (select id, row_number() over (order by id) as n from users where email like 'clerk%')
insert into movements (product_id, quantity, from_warehouse_id, to_warehouse_id, from_location_id, to_location_id,
  from_level, to_level, reason, note, user_id, at)
  select product_id, quantity,
    case when not comes then warehouse_id end, case when comes then warehouse_id end,
    case when not comes then location_id end, case when comes then location_id end,
    case when not comes then level end, case when comes then level end,
    case when chance = 0 and not comes then 'scrap' when chance < 200 then 'adjustment'
      when comes then 'reception' else 'shipment' end,
    case when chance < 200 then 'Found so' else '' end, c.id, at
  from (
    select m.*, sum(case when comes then quantity else -quantity end)
      over (partition by warehouse_id, product_id order by turn) as level
    from moved m
  ) m
  left join clerks c on c.n = m.who
  order by at, turn, product_id;

insert into bin_contents (location_id, product_id, warehouse_id, quantity, since)
  select location_id, product_id, min(warehouse_id), sum(case when comes then quantity else -quantity end), min(at)
  from moved where location_id is not null
  group by 1, 2 having sum(case when comes then quantity else -quantity end) > 0;

drop table moved, bins, places, goods;
