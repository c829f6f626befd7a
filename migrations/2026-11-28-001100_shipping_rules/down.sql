update imports set warehouse_id = (select id from warehouses where is_primary) where warehouse_id is null;
alter table imports alter column warehouse_id set not null;
comment on column imports.warehouse_id is null;
alter table order_lines drop column routed_by;
drop table shipping_rule_warehouses;
drop table shipping_rules;
