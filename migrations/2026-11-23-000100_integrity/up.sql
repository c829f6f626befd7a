-- When the invariants were checked, and what was found.

create table integrity_runs (
  id bigint generated always as identity,
  at timestamptz not null default moment(),
  user_id bigint,
  found integer not null,
  findings text not null default '',
  constraint integrity_runs_pkey primary key (id),
  constraint integrity_runs_user_id_fkey foreign key (user_id) references users (id),
  constraint integrity_runs_found_check check (found >= 0)
);
create index integrity_runs_user_id_idx on integrity_runs (user_id);
create trigger integrity_runs_append_only before update or delete on integrity_runs
  for each row execute function refuse_change();
comment on table integrity_runs is 'Checks of everything that must always be true. Append-only.';
comment on column integrity_runs.user_id is 'Who asked for it; null: the command line.';
comment on column integrity_runs.found is 'Rows that were not as they must be.';
comment on column integrity_runs.findings is 'The first of them, a line each.';
