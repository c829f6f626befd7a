-- A purchase order in a foreign currency has no rate until somebody says one; it is not sent without.

alter table purchase_orders alter column rate drop not null, alter column rate drop default;

-- A rate of exactly 1 was never said by anybody.
update purchase_orders o set rate = null
from company c where o.status in ('draft', 'cancelled') and o.sent_at is null and o.rate = 1000000 and o.currency <> c.currency;

alter table purchase_orders
  add constraint purchase_orders_status_rate_check check (status in ('draft', 'cancelled') or rate is not null);

create index purchase_orders_currency_idx on purchase_orders (currency, id desc) where rate is not null;

comment on column purchase_orders.rate is
  'What one unit of the currency is worth, in millionths of the company currency. Null: not said yet.';
