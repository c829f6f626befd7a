-- Goods may arrive after the rest of a purchase order was cancelled: what arrives is received, and the rest stays cancelled
-- unless somebody says that it is still to come. So it is no longer the status alone that says so.

alter table purchase_orders add column rest_cancelled boolean not null default false;

update purchase_orders set rest_cancelled = true where status = 'cancelled';

alter table purchase_orders add constraint purchase_orders_rest_cancelled_check
  check (not rest_cancelled or status in ('received', 'cancelled'));

comment on column purchase_orders.rest_cancelled is
  'What has not arrived is not to come, nor what a reversal takes back out.';
