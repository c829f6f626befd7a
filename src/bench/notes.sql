-- Notes and tasks of two years on orders and products, one of three a note, two of three tasks done; $1: how many.
with numbered as (
  select 'order' as kind, id, row_number() over (order by id) - 1 as nth from orders
  union all
  select 'product', id, row_number() over (order by id) - 1 from products
), counted as (
  select kind, count(*) as many from numbered group by kind
), written as (
  select n, n % 3 = 0 as is_note, n % 3 = 1 or n % 7 = 0 as is_done, kind, n * 31 % many as nth
  from generate_series(1, $1) n
  join counted on kind = case when n % 5 = 0 then 'product' else 'order' end
)
insert into organizer_entries (kind, label, text, category_id, priority_id, status_id, due_on, assignee_id, record_kind,
  record_id, created_at, changed_at, done_at)
select case when w.is_note then 'note' else 'task' end, 'Entry ' || w.n, 'Call customer ' || w.n % 1000 || ' about the parcel',
  (select min(id) from organizer_categories) + w.n % 5, (select id from organizer_priorities where is_usual),
  case when not w.is_note then (select min(id) from organizer_statuses where is_done = w.is_done) end,
  case when not w.is_note then current_date - 700 + (w.n * 7919 % 760)::int end,
  case when not w.is_note and w.n % 2 = 0 then (select min(id) from users) end,
  r.kind, r.id, now() - make_interval(mins => (w.n * 5)::int), now() - make_interval(mins => (w.n * 5)::int),
  case when not w.is_note and w.is_done then now() end
from written w join numbered r on r.kind = w.kind and r.nth = w.nth
