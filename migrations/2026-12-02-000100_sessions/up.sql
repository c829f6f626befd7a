-- Sessions are rows: whoever signs out is out, whatever cookie was kept.

create table sessions (
  id bigint generated always as identity,
  token_hash bytea not null,
  user_id bigint not null,
  began_at timestamptz not null,
  seen_at timestamptz not null,
  address text not null,
  browser text not null,
  ended_at timestamptz,
  constraint sessions_pkey primary key (id),
  constraint sessions_token_hash_key unique (token_hash),
  constraint sessions_user_id_fkey foreign key (user_id) references users (id),
  constraint sessions_token_hash_check check (octet_length(token_hash) = 32),
  constraint sessions_seen_at_check check (seen_at >= began_at)
);
create index sessions_user_id_idx on sessions (user_id);
comment on table sessions is 'Who is signed in, and was: what the cookie of a browser opens.';
comment on column sessions.token_hash is 'SHA-256 of what the cookie holds.';
comment on column sessions.seen_at is 'When somebody last asked for something by hand, to the minute.';
comment on column sessions.ended_at is 'Signed out, or ended by its owner or an admin; null: it counts until it is too old.';

create table sign_in_browsers (
  token_hash bytea not null,
  user_id bigint not null,
  signed_in_at timestamptz not null,
  constraint sign_in_browsers_pkey primary key (user_id, token_hash),
  constraint sign_in_browsers_user_id_fkey foreign key (user_id) references users (id),
  constraint sign_in_browsers_token_hash_check check (octet_length(token_hash) = 32)
);
create index sign_in_browsers_token_hash_idx on sign_in_browsers (token_hash);
comment on table sign_in_browsers is 'Browsers that signed in as somebody before: the failures of strangers do not hold them up.';
comment on column sign_in_browsers.token_hash is 'SHA-256 of what a cookie of its own holds.';

create table sign_in_rules (
  id integer not null default 1,
  idle_hours integer not null default 12,
  longest_days integer not null default 14,
  constraint sign_in_rules_pkey primary key (id),
  constraint sign_in_rules_id_check check (id = 1),
  constraint sign_in_rules_idle_hours_check check (idle_hours between 1 and 720),
  constraint sign_in_rules_longest_days_check check (longest_days between 1 and 90)
);
insert into sign_in_rules default values;
comment on table sign_in_rules is 'How long sessions last: one row.';
comment on column sign_in_rules.idle_hours is 'A session nobody uses ends after so many.';
comment on column sign_in_rules.longest_days is 'Every session ends after so many.';

alter table users drop column session_epoch;

delete from sign_in_attempts;
alter table sign_in_attempts
  add column browser_hash bytea,
  add column failed_at timestamptz;
comment on table sign_in_attempts is 'Sign-ins that failed, or are being checked, to slow down guessing.';
comment on column sign_in_attempts.browser_hash is 'The browser, where it signed in to that account before.';
comment on column sign_in_attempts.failed_at is 'Null: its password is being checked; it counts as failed when that takes too long.';
