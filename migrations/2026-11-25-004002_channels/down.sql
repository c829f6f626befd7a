drop index customers_email_prefix_idx;
alter table customers
  drop constraint customers_email_check,
  drop constraint customers_code_channel_id_key,
  drop column channel_id,
  add constraint customers_code_key unique (code);

alter table orders add column channel text not null default 'manual';
update orders o set channel = c.name from channels c where c.id = o.channel_id and not c.is_own;
alter table orders
  drop constraint orders_email_check,
  drop constraint orders_number_channel_id_key,
  drop column channel_id,
  drop column email,
  add constraint orders_number_key unique (number);

drop table channels;
