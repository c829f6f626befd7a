-- $1 as asked, $2 in capitals, $3 as a SKU, $4 in small letters, $5 as a number of our own, $6 without the
-- # that shops write before a number, $7 as barcodes have it.
with called as (
  select 'order' as kind, o.id from orders o where o.number in ($1, $2, $5, $6)
  union select 'order', o.id from orders o where o.external_reference <> '' and o.external_reference in ($1, $6)
  union select 'shipment', s.id from shipments s where s.number in ($2, $5)
  union select 'shipment', s.id from shipments s
    where s.tracking_number <> '' and upper(s.tracking_number) = $2
  union select 'purchase_order', p.id from purchase_orders p where p.number in ($2, $5)
  union select 'transfer', t.id from transfers t where t.number in ($2, $5)
  union select 'count', k.id from counts k where k.number in ($2, $5)
  union select 'return', b.id from returns b where b.number in ($2, $5)
  union select 'reception', r.id from receptions r where r.number in ($2, $5)
  union select 'product', p.id from products p where p.sku = $3
  union select 'product', b.product_id from barcodes b where b.code = any($7)
  union select 'location', l.id from locations l where l.barcode in ($1, $2)
  union select 'location', l.id from warehouses w join locations l on l.warehouse_id = w.id and l.code = $2
  union select 'customer', c.id from customers c where c.code in ($1, $2)
  union select 'customer', c.id from customers c where c.email <> '' and c.email = $4
  union select 'supplier', s.id from suppliers s where s.code in ($1, $2)
  limit 100
)
select called.kind, called.id,
  coalesce(o.number, s.number, po.number, t.number, k.number, b.number, r.number, p.sku, l.code, c.name, su.name) as name,
  coalesce(
    ch.name || ', ' || oc.name, so.number || nullif(' · ' || s.tracking_number, ' · '), so.number,
    pos.name, tf.name || ' → ' || tt.name, kw.name || ', ' || k.asked, bo.number || ', ' || bc.name, rp.number, p.name, w.name || ', ' || l.barcode, c.code || nullif(', ' || c.email, ', '), c.code, su.code) as about,
  true as exact
from called
left join orders o on called.kind = 'order' and o.id = called.id
left join channels ch on ch.id = o.channel_id
left join customers oc on oc.id = o.customer_id
left join shipments s on called.kind = 'shipment' and s.id = called.id
left join orders so on so.id = s.order_id
left join purchase_orders po on called.kind = 'purchase_order' and po.id = called.id
left join suppliers pos on pos.id = po.supplier_id
left join transfers t on called.kind = 'transfer' and t.id = called.id
left join public.warehouses tf on tf.id = t.from_warehouse_id
left join public.warehouses tt on tt.id = t.to_warehouse_id
left join counts k on called.kind = 'count' and k.id = called.id
left join warehouses kw on kw.id = k.warehouse_id
left join returns b on called.kind = 'return' and b.id = called.id
left join orders bo on bo.id = b.order_id
left join customers bc on bc.id = bo.customer_id
left join receptions r on called.kind = 'reception' and r.id = called.id
left join purchase_orders rp on rp.id = r.purchase_order_id
left join products p on called.kind = 'product' and p.id = called.id
left join locations l on called.kind = 'location' and l.id = called.id
left join warehouses w on w.id = l.warehouse_id
left join customers c on called.kind = 'customer' and c.id = called.id
left join suppliers su on called.kind = 'supplier' and su.id = called.id
order by called.kind, name, called.id
