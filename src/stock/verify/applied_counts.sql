-- What a count corrected is what its movements say, place by place; its lines say what was scanned last.
select format('count %s: product %s, bin %s: corrected by %s, movements say %s', k.number,
    coalesce(l.product_id, m.product_id), coalesce(l.location_id, m.location_id), coalesce(l.applied, 0),
    coalesce(m.change, 0)) as row
from (
  select count_id, product_id, location_id, applied from count_lines where applied <> 0
) l
full join (
  select count_id, product_id, coalesce(to_location_id, from_location_id) as location_id,
    sum(case when to_warehouse_id is not null or to_location_id is not null then quantity else -quantity end) as change
  from movements where count_id is not null group by 1, 2, 3
) m on m.count_id = l.count_id and m.product_id = l.product_id and m.location_id is not distinct from l.location_id
join counts k on k.id = coalesce(l.count_id, m.count_id)
where coalesce(l.applied, 0) <> coalesce(m.change, 0)
  and (l.location_id is not null or m.location_id is null)
union all
select format('count %s: line %s says %s found beside %s, its last scan %s beside %s', k.number, l.id, l.counted, l.books,
  s.counted, s.books)
from count_lines l
join counts k on k.id = l.count_id
left join lateral (
  select counted, books from count_scans where count_line_id = l.id and round = l.round order by id desc limit 1
) s on true
where (l.counted, l.books) is distinct from (s.counted, s.books)
union all
select format('count %s is %s, and a line of it is %s', k.number, k.status, case when l.is_open then 'open' else 'closed' end)
from count_lines l join counts k on k.id = l.count_id
where l.is_open <> (k.status = 'open')
