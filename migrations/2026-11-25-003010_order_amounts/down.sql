alter table imports drop column with_closed;
comment on column orders.total is 'Sum of ordered less cancelled units times price, ten-thousandths of the currency.';
drop table order_amounts;
