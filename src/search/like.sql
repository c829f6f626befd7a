-- $1 the beginning as asked, $2 in capitals, $3 part of a SKU, $4 part of a name, $5 how many of a kind.
(select 'order' as kind, o.id, o.number as name, h.name || ', ' || c.name as about, false as exact
 from orders o join channels h on h.id = o.channel_id join customers c on c.id = o.customer_id
 where o.number like $1 or o.number like $2 order by o.number limit $5)
union all
(select 'shipment', s.id, s.number, o.number || coalesce(nullif(' · ' || s.tracking_number, ' · '), ''), false
 from shipments s join orders o on o.id = s.order_id
 where s.number like $2 or (s.tracking_number <> '' and upper(s.tracking_number) like $2)
 order by s.id desc limit $5)
union all
(select 'purchase_order', p.id, p.number, s.name, false
 from purchase_orders p join suppliers s on s.id = p.supplier_id
 where p.number like $2 order by p.number limit $5)
union all
(select 'reception', r.id, r.number, p.number, false
 from receptions r join purchase_orders p on p.id = r.purchase_order_id
 where r.number like $2 order by r.number limit $5)
union all
(select 'transfer', t.id, t.number, f.name || ' → ' || w.name, false
 from transfers t join public.warehouses f on f.id = t.from_warehouse_id join public.warehouses w on w.id = t.to_warehouse_id
 where t.number like $2 order by t.number limit $5)
union all
(select 'count', k.id, k.number, w.name || ', ' || k.asked, false
 from counts k join warehouses w on w.id = k.warehouse_id
 where k.number like $2 order by k.number limit $5)
union all
(select 'return', b.id, b.number, o.number || ', ' || c.name, false
 from returns b join orders o on o.id = b.order_id join customers c on c.id = o.customer_id
 where b.number like $2 order by b.number limit $5)
union all
(select 'product', p.id, p.sku, p.name, false
 from products p where p.sku like $3 or p.name ilike $4 order by p.sku limit $5)
union all
(select 'location', l.id, l.code, w.name || ', ' || l.barcode, false
 from locations l join warehouses w on w.id = l.warehouse_id
 where l.code like $2 or upper(l.barcode) like $2 order by l.code, l.id limit $5)
union all
(select 'customer', c.id, c.name, c.code || coalesce(nullif(', ' || c.email, ', '), ''), false
 from customers c
 where c.code like $1 or c.code like $2 or lower(c.name) like $4 or (c.email <> '' and c.email like lower($1))
 order by lower(c.name), c.id limit $5)
union all
(select 'supplier', s.id, s.name, s.code, false
 from suppliers s where s.code like $2 or lower(s.name) like $4 order by lower(s.name), s.id limit $5)
