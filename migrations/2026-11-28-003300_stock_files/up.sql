create table stock_files (
  id bigint generated always as identity,
  file_name text not null,
  content bytea not null,
  state text not null default 'previewed',
  changes integer not null default 0,
  refused integer not null default 0,
  uploaded_by bigint,
  uploaded_at timestamptz not null default now(),
  applied_at timestamptz,
  constraint stock_files_pkey primary key (id),
  constraint stock_files_uploaded_by_fkey foreign key (uploaded_by) references users (id),
  constraint stock_files_state_check check (state in ('previewed', 'applied', 'discarded')),
  constraint stock_files_applied_at_check check ((state = 'applied') = (applied_at is not null)),
  constraint stock_files_counts_check check (changes >= 0 and refused >= 0)
);
create index stock_files_uploaded_by_idx on stock_files (uploaded_by);
create index stock_files_uploaded_at_idx on stock_files (uploaded_at) where state = 'previewed';
comment on table stock_files is 'Files of levels and counted units: kept between preview and confirmation, then what came of them.';
comment on column stock_files.content is 'The file as it was uploaded; emptied when nothing more can be done with it.';
comment on column stock_files.changes is 'Figures that were changed; while previewed, those that would be.';
