-- Notes that warn are read before something is done to their record.

create table organizer_reads (
  entry_id bigint not null,
  user_id bigint not null,
  version integer not null,
  read_at timestamptz not null,
  constraint organizer_reads_pkey primary key (entry_id, user_id),
  constraint organizer_reads_entry_id_fkey foreign key (entry_id) references organizer_entries (id),
  constraint organizer_reads_user_id_fkey foreign key (user_id) references users (id)
);
create index organizer_reads_user_id_idx on organizer_reads (user_id);
comment on table organizer_reads is 'Who has read which notes that warn, as they were last.';
comment on column organizer_reads.version is 'Of the entry, as it was read; another one is to be read again.';

create index organizer_entries_warns_idx on organizer_entries (record_kind, record_id)
  where warns and done_at is null and archived_at is null;
create index organizer_entries_printed_idx on organizer_entries (record_kind, record_id)
  where print_on <> '{}' and done_at is null and archived_at is null;
