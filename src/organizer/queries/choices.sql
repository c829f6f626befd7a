-- What an entry chooses from. People who left are there as long as something is theirs.
select 'category' as what, id, name, position = min(position) over () as flag, position as place, '' as mailbox
from organizer_categories
union all
select 'priority', id, name, is_usual, -rank, '' from organizer_priorities
union all
select 'status', id, name, is_done, position, '' from organizer_statuses
union all
select 'person', u.id, u.name, u.disabled_at is null, 0, split_part(u.email, '@', 1) from users u
where u.disabled_at is null or exists (select from organizer_entries e where e.assignee_id = u.id)
order by what, place, name, id
