-- What left, what arrived and what came back are movements; what was lost lies nowhere, and has its own ledger.
select format('transfer line %s of %s: %s sent, %s received, %s called back, %s lost; movements say %s, %s, %s, losses %s',
  l.id, t.number, sent.units, l.received, l.called_back, l.lost, coalesce(m.departed, 0), coalesce(m.arrived, 0),
  coalesce(m.came_back, 0), coalesce(x.units, 0)) as row
from transfer_lines l
join transfers t on t.id = l.transfer_id
cross join lateral (select case when t.sent_at is null then 0 else l.quantity end as units) sent
left join (
  select m.transfer_id, m.product_id,
    sum(m.quantity) filter (where m.from_warehouse_id = t.from_warehouse_id) as departed,
    sum(m.quantity) filter (where m.to_warehouse_id = t.to_warehouse_id) as arrived,
    sum(m.quantity) filter (where m.to_warehouse_id = t.from_warehouse_id) as came_back
  from movements m join transfers t on t.id = m.transfer_id group by 1, 2
) m on m.transfer_id = t.id and m.product_id = l.product_id
left join (
  select transfer_line_id, sum(quantity) as units from transfer_losses group by 1
) x on x.transfer_line_id = l.id
where (sent.units, l.received, l.called_back, l.lost)
  is distinct from (coalesce(m.departed, 0), coalesce(m.arrived, 0), coalesce(m.came_back, 0), coalesce(x.units, 0))
union all
select format('movement %s: transfer %s says nothing of its product', m.id, m.transfer_id)
from movements m
where m.transfer_id is not null and not exists (
  select from transfer_lines l where l.transfer_id = m.transfer_id and l.product_id = m.product_id)
union all
select format('transfer %s: it is %s, and %s units of it are under way', t.number, t.status, l.under_way)
from transfers t
cross join lateral (
  select coalesce(sum(quantity - received - lost - called_back), 0) as under_way, coalesce(sum(received), 0) as received
  from transfer_lines where transfer_id = t.id
) l
where t.sent_at is not null and t.status <> case
    when l.under_way = 0 then case when l.received > 0 then 'received' else 'cancelled' end
    when l.received > 0 then 'partly_received'
    else 'sent' end
  or (t.status in ('received', 'cancelled')) <> (t.closed_at is not null)
