drop table organizer_digests;
drop table organizer_tellings;
drop index organizer_entries_due_untold_idx;
alter table organizer_entries drop column due_told_on;
alter table users drop column organizer_mail;
