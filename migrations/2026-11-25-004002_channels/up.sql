create table channels (
  id bigint generated always as identity,
  name text not null,
  is_own boolean not null default false,
  constraint channels_pkey primary key (id),
  constraint channels_name_check check (name = btrim(name) and length(name) between 1 and 60)
);
create unique index channels_name_key on channels (lower(name));
create unique index channels_is_own_key on channels (is_own) where is_own;
comment on table channels is 'Where orders and customers come from: a shop, a marketplace, by hand. Their numbers are unique within it.';
comment on column channels.is_own is 'Orders written by hand stand in it, under numbers of ours; no file does.';

insert into channels (name, is_own) values ('By hand', true);
insert into channels (name)
select distinct on (lower(named.name)) named.name
from (select btrim(left(btrim(channel), 60)) as name, id from orders) named
where lower(named.name) not in ('', 'manual', 'by hand')
order by lower(named.name), named.id;

alter table orders add column channel_id bigint, add column email text not null default '';
update orders o set channel_id = c.id, email = lower(m.email)
from channels c, customers m
where m.id = o.customer_id
  and case when lower(btrim(o.channel)) in ('', 'manual', 'by hand') then c.is_own
    else lower(c.name) = lower(btrim(left(btrim(o.channel), 60))) end;
alter table orders
  alter column channel_id set not null,
  drop column channel,
  drop constraint orders_number_key,
  add constraint orders_number_channel_id_key unique (number, channel_id),
  add constraint orders_channel_id_fkey foreign key (channel_id) references channels (id),
  add constraint orders_email_check check (email = lower(email) and length(email) <= 254);
create index orders_channel_id_idx on orders (channel_id, placed_at desc, id desc);
comment on column orders.email is 'The address it was placed with, where letters about it go; empty: that of its customer.';

alter table customers add column channel_id bigint;
update customers c set email = lower(email), channel_id = coalesce(
  (select o.channel_id from orders o where o.customer_id = c.id order by o.placed_at, o.id limit 1),
  (select id from channels where is_own));
alter table customers
  alter column channel_id set not null,
  drop constraint customers_code_key,
  add constraint customers_code_channel_id_key unique (code, channel_id),
  add constraint customers_channel_id_fkey foreign key (channel_id) references channels (id),
  add constraint customers_email_check check (email = lower(email) and length(email) <= 254);
create index customers_channel_id_idx on customers (channel_id);
create index customers_email_prefix_idx on customers (email text_pattern_ops) where email <> '';
