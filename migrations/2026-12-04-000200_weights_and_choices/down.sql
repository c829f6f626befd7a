drop table preparation_choices;
comment on column products.weight_grams is null;
alter table products drop constraint products_weight_grams_check;
alter table products add constraint products_weight_grams_check check (weight_grams >= 0);
