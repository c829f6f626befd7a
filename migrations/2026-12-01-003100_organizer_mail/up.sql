-- Mail to whom a task is given or who is named: at once, in the morning, or never.

alter table users
  add column organizer_mail text not null default 'at_once',
  add constraint users_organizer_mail_check check (organizer_mail in ('at_once', 'daily', 'never'));
comment on column users.organizer_mail is 'When they are told by mail of tasks that are theirs and of notes that name them.';

alter table organizer_entries add column due_told_on date;
comment on column organizer_entries.due_told_on is 'The due day its assignee was told of; another one is told anew.';
create index organizer_entries_due_untold_idx on organizer_entries (due_on)
  where done_at is null and archived_at is null and assignee_id is not null and due_told_on is distinct from due_on;

create table organizer_tellings (
  id bigint generated always as identity,
  entry_id bigint not null,
  user_id bigint not null,
  why text not null,
  told_by bigint,
  noted_at timestamptz not null,
  told_at timestamptz,
  constraint organizer_tellings_pkey primary key (id),
  constraint organizer_tellings_entry_id_fkey foreign key (entry_id) references organizer_entries (id),
  constraint organizer_tellings_user_id_fkey foreign key (user_id) references users (id),
  constraint organizer_tellings_told_by_fkey foreign key (told_by) references users (id),
  constraint organizer_tellings_why_check check (why in ('assigned', 'mentioned'))
);
create index organizer_tellings_entry_id_idx on organizer_tellings (entry_id);
create index organizer_tellings_user_id_idx on organizer_tellings (user_id);
create index organizer_tellings_told_by_idx on organizer_tellings (told_by);
create index organizer_tellings_untold_idx on organizer_tellings (user_id, id) where told_at is null;
comment on table organizer_tellings is 'Who is to be told by mail of which note or task.';
comment on column organizer_tellings.told_by is 'Who assigned it or named them; null: Backfill itself.';
comment on column organizer_tellings.told_at is 'Null: not yet.';

create table organizer_digests (
  user_id bigint not null,
  day date not null,
  constraint organizer_digests_pkey primary key (user_id),
  constraint organizer_digests_user_id_fkey foreign key (user_id) references users (id)
);
comment on table organizer_digests is 'The last day of the company on which somebody was told all at once.';
