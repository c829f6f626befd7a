alter table shipments drop column carrier_id;
drop table shipping_methods;
drop table carriers;
