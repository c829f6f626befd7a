comment on column company.purchase_order_intro is null;
alter table company drop column purchase_order_intro_fr, alter column purchase_order_intro set default '';
