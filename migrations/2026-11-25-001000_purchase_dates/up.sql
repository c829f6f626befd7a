-- What the supplier stated goes before what the buyer expects, which goes before what the lead time gave when the purchase
-- order was sent; of each, the line's before the order's.

alter table purchase_orders add column lead_due_on date;
alter table purchase_order_lines
  add column confirmed_on date,
  add column lead_due_on date;

-- No date moves: what customers were told is what the lead time gave, even where it was changed meanwhile.
update purchase_orders p
set lead_due_on = (p.sent_at at time zone 'UTC')::date + s.lead_time_days
from suppliers s
where s.id = p.supplier_id and p.sent_at is not null;

update purchase_order_lines l
set lead_due_on = coalesce(
  (select y.due_on from supply y
   where y.purchase_order_line_id = l.id and l.expected_on is null and p.expected_on is null and p.confirmed_on is null),
  (select (p.sent_at at time zone 'UTC')::date + t.lead_time_days from supplier_products t
   where t.supplier_id = p.supplier_id and t.product_id = l.product_id))
from purchase_orders p
where p.id = l.purchase_order_id and p.sent_at is not null;

-- The date of a line went before all others: beside a date of the supplier it can only go on doing so as the supplier's.
update purchase_order_lines l
set confirmed_on = l.expected_on
from purchase_orders p
where p.id = l.purchase_order_id and p.confirmed_on is not null and l.expected_on is not null;

alter table purchase_orders add constraint purchase_orders_lead_due_on_check
  check (sent_at is null or lead_due_on is not null);

comment on column purchase_orders.expected_on is 'When the buyer expects it.';
comment on column purchase_orders.confirmed_on is 'When the supplier says it comes; it goes before every expected_on.';
comment on column purchase_orders.lead_due_on is
  'The day it was sent and the lead time of the supplier as it was then; null: not sent yet.';
comment on column purchase_order_lines.expected_on is 'When the buyer expects the line; null: as the order.';
comment on column purchase_order_lines.confirmed_on is 'When the supplier says the line comes; null: as the order.';
comment on column purchase_order_lines.lead_due_on is
  'The day it was sent and the lead time of the product as it was then; null: that of the supplier counts.';
