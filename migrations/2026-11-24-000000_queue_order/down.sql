drop index demand_held_idx;
drop index demand_queue_idx;
create index demand_queue_idx on demand (warehouse_id, product_id);
