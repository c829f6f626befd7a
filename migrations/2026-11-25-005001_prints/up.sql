alter table handled_requests add column print bytea not null default '';
alter table handled_requests alter column print drop default;
comment on column handled_requests.print is 'SHA-256 of user, route and content: a key belongs to them.';
comment on column handled_requests.made is 'The answer of the first one.';
create index handled_requests_handled_at_idx on handled_requests (handled_at);
