drop index handled_requests_handled_at_idx;
comment on column handled_requests.made is 'What the first one made, as its action answers it.';
alter table handled_requests drop column print;
