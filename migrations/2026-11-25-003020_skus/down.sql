alter table products drop constraint products_sku_form_check;
drop function is_sku(text);
