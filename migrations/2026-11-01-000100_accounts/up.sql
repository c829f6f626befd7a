create table users (
  id bigint generated always as identity,
  email text not null,
  name text not null,
  role text not null,
  password_hash text not null,
  session_epoch integer not null default 0,
  disabled_at timestamptz,
  created_at timestamptz not null default moment(),
  constraint users_pkey primary key (id),
  constraint users_email_key unique (email),
  constraint users_email_check check (email = lower(email) and length(email) <= 254),
  constraint users_name_check check (length(btrim(name)) between 1 and 120),
  constraint users_role_check check (role in ('user', 'manager', 'admin'))
);
comment on table users is 'Who may sign in.';
comment on column users.session_epoch is 'Raised when the password changes or the account is disabled; sessions of an older epoch end.';

create table sign_in_attempts (
  id bigint generated always as identity,
  account text not null,
  address text not null,
  attempted_at timestamptz not null default now(),
  constraint sign_in_attempts_pkey primary key (id)
);
create index sign_in_attempts_account_idx on sign_in_attempts (account, attempted_at);
create index sign_in_attempts_address_idx on sign_in_attempts (address, attempted_at);
comment on table sign_in_attempts is 'Failed sign-ins of the last hours, to slow down guessing.';

create table history (
  id bigint generated always as identity,
  record_kind text not null,
  record_id bigint not null,
  what text not null,
  detail text not null default '',
  user_id bigint,
  at timestamptz not null default moment(),
  constraint history_pkey primary key (id),
  constraint history_user_id_fkey foreign key (user_id) references users (id)
);
create index history_record_idx on history (record_kind, record_id, id);
create index history_user_id_idx on history (user_id);
create trigger history_append_only before update or delete on history
  for each row execute function refuse_change();
comment on table history is 'What people did to a record, in words. Append-only.';
comment on column history.user_id is 'Who; null: Backfill itself.';
