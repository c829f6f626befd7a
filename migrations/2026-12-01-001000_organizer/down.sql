alter table history disable trigger history_append_only;
delete from history where record_kind = 'entry';
alter table history enable trigger history_append_only;
drop table organizer_mentions;
drop table organizer_entries;
drop table organizer_statuses;
drop table organizer_priorities;
drop table organizer_categories;
