drop table warehouses;
