drop trigger levels_by_default on warehouses;
drop function levels_by_default;
drop trigger levels_in_force on levels;
drop function levels_in_force;
drop index levels_need_idx;
alter table levels
  drop column minimum,
  drop column low_stock_need,
  drop column backorder_need,
  drop column ideal,
  drop column warning;
create index levels_short_idx on levels (warehouse_id, product_id) where to_ship > on_hand;
