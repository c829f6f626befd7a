-- The organizer: notes and tasks on any record.

create table organizer_categories (
  id bigint generated always as identity,
  name text not null,
  position integer not null,
  constraint organizer_categories_pkey primary key (id)
);
create unique index organizer_categories_name_key on organizer_categories (lower(name));
comment on table organizer_categories is 'What notes and tasks are about; the first is the usual one.';

create table organizer_priorities (
  id bigint generated always as identity,
  name text not null,
  rank integer not null,
  tone text not null,
  is_usual boolean not null,
  constraint organizer_priorities_pkey primary key (id),
  constraint organizer_priorities_tone_check check (tone in ('ok', 'warn', 'bad', 'info', 'quiet'))
);
create unique index organizer_priorities_name_key on organizer_priorities (lower(name));
create unique index organizer_priorities_usual_key on organizer_priorities (is_usual) where is_usual;
comment on table organizer_priorities is 'How much notes and tasks matter.';
comment on column organizer_priorities.rank is 'The highest first.';
comment on column organizer_priorities.tone is 'The colour of its word.';
comment on column organizer_priorities.is_usual is 'Of new entries; one is.';

create table organizer_statuses (
  id bigint generated always as identity,
  name text not null,
  position integer not null,
  tone text not null,
  is_done boolean not null,
  constraint organizer_statuses_pkey primary key (id),
  constraint organizer_statuses_tone_check check (tone in ('ok', 'warn', 'bad', 'info', 'quiet'))
);
create unique index organizer_statuses_name_key on organizer_statuses (lower(name));
comment on table organizer_statuses is 'How far tasks are; new ones have the first that is not done.';
comment on column organizer_statuses.tone is 'The colour of its word.';
comment on column organizer_statuses.is_done is 'Nothing is left to do.';

insert into organizer_categories (name, position)
  values ('General', 1), ('Call', 2), ('Delivery', 3), ('Quality', 4), ('Payment', 5);
insert into organizer_priorities (name, rank, tone, is_usual)
  values ('Low', 1, 'quiet', false), ('Normal', 2, 'info', true), ('High', 3, 'warn', false), ('Urgent', 4, 'bad', false);
insert into organizer_statuses (name, position, tone, is_done)
  values ('Open', 1, 'info', false), ('In progress', 2, 'warn', false), ('Waiting', 3, 'quiet', false), ('Done', 4, 'ok', true);

create table organizer_entries (
  id bigint generated always as identity,
  kind text not null,
  label text not null,
  text text not null,
  category_id bigint not null,
  priority_id bigint not null,
  status_id bigint,
  due_on date,
  assignee_id bigint,
  record_kind text,
  record_id bigint,
  print_on text[] not null default '{}',
  warns boolean not null default false,
  created_by bigint,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  done_at timestamptz,
  archived_at timestamptz,
  version integer not null default 1,
  constraint organizer_entries_pkey primary key (id),
  constraint organizer_entries_category_id_fkey foreign key (category_id) references organizer_categories (id),
  constraint organizer_entries_priority_id_fkey foreign key (priority_id) references organizer_priorities (id),
  constraint organizer_entries_status_id_fkey foreign key (status_id) references organizer_statuses (id),
  constraint organizer_entries_assignee_id_fkey foreign key (assignee_id) references users (id),
  constraint organizer_entries_created_by_fkey foreign key (created_by) references users (id),
  constraint organizer_entries_kind_check check (kind in ('note', 'task')),
  constraint organizer_entries_task_check check (case kind when 'task' then status_id is not null
    else num_nonnulls(status_id, due_on, assignee_id, done_at) = 0 end),
  constraint organizer_entries_record_check check ((record_kind is null) = (record_id is null)),
  constraint organizer_entries_print_on_check check (print_on <@ array['pick_list', 'packing_slip', 'purchase_order'])
);
create index organizer_entries_record_idx on organizer_entries (record_kind, record_id, id);
create index organizer_entries_category_id_idx on organizer_entries (category_id);
create index organizer_entries_priority_id_idx on organizer_entries (priority_id);
create index organizer_entries_status_id_idx on organizer_entries (status_id);
create index organizer_entries_assignee_id_idx on organizer_entries (assignee_id);
create index organizer_entries_created_by_idx on organizer_entries (created_by);
create index organizer_entries_open_idx on organizer_entries (coalesce(due_on, '9999-12-31'::date), id)
  where done_at is null and archived_at is null;
create index organizer_entries_open_mine_idx on organizer_entries (assignee_id, coalesce(due_on, '9999-12-31'::date), id)
  where done_at is null and archived_at is null;
create index organizer_entries_due_idx on organizer_entries (coalesce(due_on, '9999-12-31'::date), id);
create index organizer_entries_changed_at_idx on organizer_entries (changed_at, id);
create index organizer_entries_words_idx on organizer_entries using gin ((label || ' ' || text) gin_trgm_ops);
comment on table organizer_entries is 'Notes and tasks, on a record or on none.';
comment on column organizer_entries.label is 'What it is about, in a few words.';
comment on column organizer_entries.status_id is 'Of a task; null: a note.';
comment on column organizer_entries.due_on is 'A day of the company.';
comment on column organizer_entries.record_kind is 'Null: it is about no record.';
comment on column organizer_entries.print_on is 'The papers it is printed on.';
comment on column organizer_entries.warns is 'It is to be read before something is done to its record.';
comment on column organizer_entries.created_by is 'Null: Backfill itself.';
comment on column organizer_entries.done_at is 'Since when its status is one of done ones.';
comment on column organizer_entries.archived_at is 'Since when it is removed.';
comment on column organizer_entries.version is 'Goes up with every change.';

create table organizer_mentions (
  entry_id bigint not null,
  written text not null,
  user_id bigint not null,
  constraint organizer_mentions_pkey primary key (entry_id, written),
  constraint organizer_mentions_entry_id_fkey foreign key (entry_id) references organizer_entries (id),
  constraint organizer_mentions_user_id_fkey foreign key (user_id) references users (id)
);
create index organizer_mentions_user_id_idx on organizer_mentions (user_id);
comment on table organizer_mentions is 'Whom notes and tasks name in their text.';
comment on column organizer_mentions.written is 'As it stands there, such as @Ada.';
