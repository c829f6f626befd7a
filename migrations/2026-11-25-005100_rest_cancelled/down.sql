alter table purchase_orders drop column rest_cancelled;
