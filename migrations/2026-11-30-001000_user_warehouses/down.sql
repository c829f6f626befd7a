drop table user_warehouses;
