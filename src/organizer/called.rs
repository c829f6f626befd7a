//! What the records of all kinds are called.

/// The number or name of the record that a row `e` is about; null: none, or none that can be seen.
pub const CALLED: &str = "case e.record_kind
  when 'order' then (select number from orders where id = e.record_id)
  when 'purchase_order' then (select number from purchase_orders where id = e.record_id)
  when 'reception' then (select number from receptions where id = e.record_id)
  when 'shipment' then (select number from shipments where id = e.record_id)
  when 'transfer' then (select number from transfers where id = e.record_id)
  when 'count' then (select number from counts where id = e.record_id)
  when 'return' then (select number from returns where id = e.record_id)
  when 'product' then (select sku from products where id = e.record_id)
  when 'supplier' then (select name from suppliers where id = e.record_id)
  when 'customer' then (select name from customers where id = e.record_id)
  when 'warehouse' then (select name from warehouses where id = e.record_id)
  when 'location' then (select code from locations where id = e.record_id)
end";
