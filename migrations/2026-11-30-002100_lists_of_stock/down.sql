drop index levels_short_idx;
drop index movements_reason_idx;
drop index movements_at_idx;
create index movements_at_idx on movements using brin (at);
