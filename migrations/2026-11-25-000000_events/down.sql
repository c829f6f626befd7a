alter table handled_requests add column answer_path text not null default '/';
alter table handled_requests alter column answer_path drop default, drop column made;
comment on column handled_requests.answer_path is 'Where the first answer sent the browser.';

alter table history disable trigger history_append_only;
alter table history drop constraint history_event_check, add column what text, add column detail text not null default '';
update history set what = coalesce(event ->> 'what', event ->> 'kind'),
  detail = coalesce(event ->> 'detail', event ->> 'reason', event ->> 'note', '');
alter table history alter column what set not null, drop column event;
alter table history enable trigger history_append_only;
comment on table history is 'What people did to a record, in words. Append-only.';
