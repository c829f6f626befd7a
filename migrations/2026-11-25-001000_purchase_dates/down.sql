alter table purchase_orders drop constraint purchase_orders_lead_due_on_check;

comment on column purchase_order_lines.expected_on is 'Own date of the line; null: the date of the order.';
alter table purchase_order_lines
  drop column lead_due_on,
  drop column confirmed_on;

comment on column purchase_orders.expected_on is null;
comment on column purchase_orders.confirmed_on is 'The date the supplier confirmed; it goes before expected_on.';
alter table purchase_orders drop column lead_due_on;
