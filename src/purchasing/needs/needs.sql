-- What each place needs. $1 warehouse or null, $2 the buyer. `short` finds the places that lack
-- something, cheaply; everything else is read of those only.
with place as (
  select id, code, name, default_warning_level, default_ideal_level
  from warehouses
  where is_active and in_supply_needs and ($1::bigint is null or id = $1)
), short as (
  select l.warehouse_id, l.product_id
  from place w join levels l on l.warehouse_id = w.id
  where l.to_ship > l.on_hand
  union
  select l.warehouse_id, l.product_id
  from place w join levels l on l.warehouse_id = w.id
  where l.on_hand - l.to_ship < l.warning_level
  union
  select l.warehouse_id, l.product_id
  from place w join levels l on l.warehouse_id = w.id
  where l.warning_level is null and l.on_hand - l.to_ship < w.default_warning_level
), drafted as (
  select o.warehouse_id, l.product_id, sum(l.ordered - l.cancelled)::int4 as units
  from purchase_orders o join purchase_order_lines l on l.purchase_order_id = o.id
  where o.status = 'draft'
  group by 1, 2
), figures as (
  select w.id as warehouse_id, w.code as warehouse, p.id as product_id, p.sku, p.name,
    s.id as supplier_id, coalesce(s.name, '') as supplier, s.currency,
    coalesce(t.price, 0) as price, t.minimum_quantity, t.pack_size,
    l.on_hand, l.to_ship, l.incoming, coalesce(d.units, 0) as drafted,
    coalesce(l.warning_level, w.default_warning_level) as warning,
    coalesce(l.ideal_level, w.default_ideal_level) as ideal,
    greatest(0, l.on_hand - l.to_ship) as available,
    greatest(0, l.to_ship - l.on_hand) as backorder_need,
    c.quantity as chosen
  from short
  join levels l using (warehouse_id, product_id)
  join place w on w.id = l.warehouse_id
  join products p on p.id = l.product_id and p.archived_at is null
  left join supplier_products t on t.product_id = p.id and t.is_primary
  left join suppliers s on s.id = t.supplier_id and s.archived_at is null
  left join drafted d on d.warehouse_id = l.warehouse_id and d.product_id = l.product_id
  left join replenishment_choices c
    on c.user_id = $2 and c.warehouse_id = l.warehouse_id and c.product_id = l.product_id
), low as (
  select f.*,
    case when available < warning then greatest(0, ideal - available) else 0 end as low_stock_need
  from figures f
), amounts as (
  select low.*,
    greatest(0, backorder_need - incoming) as minimum,
    greatest(0, backorder_need + low_stock_need - incoming) as wanted
  from low
  where backorder_need > 0 or low_stock_need > 0
), needs as (
  select a.*,
    case when wanted = 0 then 0
      else ((greatest(wanted, coalesce(minimum_quantity, 1)) + coalesce(pack_size, 1) - 1)
        / coalesce(pack_size, 1)) * coalesce(pack_size, 1)
    end as suggested,
    case when minimum > 0 then 'backorders' when wanted > 0 then 'low_stock' else 'waiting' end as status
  from amounts a
)
