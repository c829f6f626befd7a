-- A queue is read from a place in it on, and page by page: its index stands in its order.
drop index demand_queue_idx;
create index demand_queue_idx on demand
  (warehouse_id, product_id, pinned_at, priority_rank, required_by, placed_at, order_id, line_number);
create index demand_held_idx on demand (warehouse_id, product_id) where held;
