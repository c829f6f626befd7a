-- Orders of which a line waits for another day than its customer thinks of, by moved.sql. Who may be among them is read
-- off what is small: lines whose date moved, those whose customers were told of no day, and goods that are late.
select d.order_id
from :moved and d.order_line_id = any(array(
  select order_line_id from demand where moved
  union all
  select order_line_id from told_dates where told_on is null
  union all
  select l.order_line_id
  from supply s
  join demand l on l.warehouse_id = s.warehouse_id and l.product_id = s.product_id and l.supply_id = s.id
  where s.due_on < (select day from today)
))
