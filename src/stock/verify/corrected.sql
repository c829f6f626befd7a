select format('movement %s corrects %s and is not its opposite', m.id, w.id) as row
from movements m
join movements w on w.id = m.corrects_id
where m.product_id <> w.product_id or m.quantity <> w.quantity
  or m.from_warehouse_id is distinct from w.to_warehouse_id
  or m.to_warehouse_id is distinct from w.from_warehouse_id
