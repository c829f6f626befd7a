-- Lists read one range of an index also for what is rare: movements of a period, however long ago it was, or for a reason
-- that few have, and stock with backorders where there are few.
drop index movements_at_idx;
create index movements_at_idx on movements (at desc, id desc);
create index movements_reason_idx on movements (reason, id desc);
create index levels_short_idx on levels (product_id, warehouse_id) where backorder_need > 0;
