drop table supplier_products;
drop table products;
drop table suppliers;
drop table company;
