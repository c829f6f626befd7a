drop index purchase_orders_currency_idx;
alter table purchase_orders drop constraint purchase_orders_status_rate_check;
update purchase_orders set rate = 1000000 where rate is null;
alter table purchase_orders alter column rate set not null, alter column rate set default 1000000;
