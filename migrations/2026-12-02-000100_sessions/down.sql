alter table sign_in_attempts drop column browser_hash, drop column failed_at;
comment on table sign_in_attempts is 'Failed sign-ins of the last hours, to slow down guessing.';
alter table users add column session_epoch integer not null default 0;
comment on column users.session_epoch is 'Raised when the password changes or the account is disabled; sessions of an older epoch end.';
drop table sign_in_rules;
drop table sign_in_browsers;
drop table sessions;
