-- Sums over many documents are made in numeric, which has no end, and read as money, which has one.
create function as_money(amount numeric) returns bigint language sql immutable strict parallel safe as
  'select greatest(-9223372036854775807, least(9223372036854775807, amount))::bigint';
drop aggregate sum_money(bigint);

-- A line comes to no more than a document may. What was written before is left as it is.
alter table order_lines add constraint order_lines_amount_check
  check ((ordered - cancelled)::numeric * unit_price <= 10000000000000000) not valid;
alter table purchase_order_lines add constraint purchase_order_lines_amount_check
  check ((ordered - cancelled)::numeric * unit_price <= 10000000000000000) not valid;
