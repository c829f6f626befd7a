create table order_amounts (
  id bigint generated always as identity,
  order_id bigint not null,
  name text not null,
  amount bigint not null,
  constraint order_amounts_pkey primary key (id),
  constraint order_amounts_order_id_fkey foreign key (order_id) references orders (id),
  constraint order_amounts_name_check check (length(name) between 1 and 200)
);
create index order_amounts_order_id_idx on order_amounts (order_id, id);
comment on table order_amounts is 'What an order holds beside its goods: postage, discounts, services.';
comment on column order_amounts.amount is 'In ten-thousandths of the currency of the order; below zero for a discount. In the total of the order.';
comment on column orders.total is 'Sum of ordered less cancelled units times price, and of its amounts, ten-thousandths of the currency.';

alter table imports add column with_closed boolean not null default false;
comment on column imports.with_closed is 'Orders and lines that are cancelled, refunded or completed are imported too, instead of being left out.';
