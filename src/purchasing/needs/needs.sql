-- What each place needs. :warehouse may be null, :buyer chooses. The needs themselves stand in the levels,
-- in an index from the greatest minimum down.
with drafted as materialized (
  select warehouse_id, product_id, least(sum(units), 1000000000)::int4 as units
  from (
    select o.warehouse_id, l.product_id, l.ordered - l.cancelled as units
    from purchase_orders o join purchase_order_lines l on l.purchase_order_id = o.id
    where o.status = 'draft'
    union all
    select t.to_warehouse_id, l.product_id, l.quantity
    from transfers t join transfer_lines l on l.transfer_id = t.id
    where t.status = 'draft'
  ) line
  group by 1, 2
), figures as (
  select l.warehouse_id, w.code as warehouse, l.product_id, p.sku, p.name,
    s.id as supplier_id, coalesce(s.name, '') as supplier, s.currency,
    coalesce(t.price, 0) as price, t.minimum_quantity, t.pack_size,
    l.on_hand, l.to_ship, l.incoming, coalesce(d.units, 0) as drafted,
    l.warning, l.ideal, l.backorder_need, l.low_stock_need, l.minimum,
    greatest(0, l.backorder_need + l.low_stock_need - l.incoming) as wanted,
    c.quantity as chosen
  from levels l
  join warehouses w on w.id = l.warehouse_id and w.is_active and w.in_supply_needs
  join products p on p.id = l.product_id and p.archived_at is null
  left join supplier_products t on t.product_id = l.product_id and t.is_primary
  left join suppliers s on s.id = t.supplier_id and s.archived_at is null
  left join drafted d on d.warehouse_id = l.warehouse_id and d.product_id = l.product_id
  left join replenishment_choices c
    on c.user_id = :buyer and c.warehouse_id = l.warehouse_id and c.product_id = l.product_id
  where (l.backorder_need > 0 or l.low_stock_need > 0)
    and (:warehouse is null or l.warehouse_id = :warehouse)
), needs as (
  select f.*,
    case when wanted = 0 then 0
      else ((greatest(wanted, coalesce(minimum_quantity, 1)) + coalesce(pack_size, 1) - 1)
        / coalesce(pack_size, 1)) * coalesce(pack_size, 1)
    end as suggested
  from figures f
)
