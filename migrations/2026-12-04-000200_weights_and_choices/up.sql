-- Nothing weighs more than ten tons, and who prepares orders finds their warehouse again on every browser.

update products set weight_grams = 0 where weight_grams > 10000000;
alter table products drop constraint products_weight_grams_check;
alter table products add constraint products_weight_grams_check check (weight_grams between 0 and 10000000);
comment on column products.weight_grams is 'Of one unit; 0: not known. What a kit weighs is what its parts do.';

create table preparation_choices (
  user_id bigint not null,
  warehouse_id bigint not null,
  operator text not null default '',
  constraint preparation_choices_pkey primary key (user_id),
  constraint preparation_choices_user_id_fkey foreign key (user_id) references users (id),
  constraint preparation_choices_warehouse_id_fkey foreign key (warehouse_id) references warehouses (id) on delete cascade,
  constraint preparation_choices_operator_check check (operator ~ '^(me|[0-9]{1,19})?$')
);
create index preparation_choices_warehouse_id_idx on preparation_choices (warehouse_id);
comment on table preparation_choices is 'What somebody looked at last in order preparation.';
comment on column preparation_choices.operator is
  'Whose parcels: me, the id of a user, or empty for those of anybody.';
