drop index orders_closed_at_idx;
