alter table purchase_order_lines drop constraint purchase_order_lines_amount_check;
alter table order_lines drop constraint order_lines_amount_check;
create aggregate sum_money(bigint) (sfunc = int8pl, stype = bigint, initcond = '0');
drop function as_money(numeric);
