-- Who signed in, who could not, what was exported, and what was changed about people, customers, suppliers
-- and settings, whatever wrote it.

create table audit_trail (
  id bigint generated always as identity,
  at timestamptz not null default now(),
  user_id bigint,
  address text not null default '',
  record_kind text,
  record_id bigint,
  event jsonb not null,
  constraint audit_trail_pkey primary key (id),
  constraint audit_trail_user_id_fkey foreign key (user_id) references users (id),
  constraint audit_trail_record_check check ((record_kind is null) = (record_id is null)),
  constraint audit_trail_event_check check (event ? 'kind')
);
create index audit_trail_user_id_idx on audit_trail (user_id, id);
create index audit_trail_kind_idx on audit_trail ((event ->> 'kind'), id);
create index audit_trail_record_idx on audit_trail (record_kind, record_id, id);
create index audit_trail_words_idx on audit_trail using gin ((event::text || ' ' || address) gin_trgm_ops);
create trigger audit_trail_append_only before update or delete on audit_trail
  for each row execute function refuse_change();
comment on table audit_trail is 'What an admin may have to account for. Append-only.';
comment on column audit_trail.user_id is 'Who; null: Backfill itself, or nobody known.';
comment on column audit_trail.address is 'From where; empty: not told.';

-- A column that was changed, as words before and after; arguments: the kind of record, columns that say nothing.
create function keep_change() returns trigger language plpgsql as $$
declare
  changes jsonb;
begin
  select jsonb_agg(jsonb_build_object('what', replace(was.key, '_', ' '), 'was', coalesce(was.value, ''),
      'now', coalesce(now.value, '')) order by was.key)
    into changes
  from jsonb_each_text(to_jsonb(old)) was
  join jsonb_each_text(to_jsonb(new)) now on now.key = was.key
  where was.value is distinct from now.value and not was.key = any(string_to_array(tg_argv[1], ' '));
  if changes is not null then
    insert into audit_trail (user_id, record_kind, record_id, event)
    values (nullif(current_setting('backfill.user_id', true), '')::bigint,
      nullif(tg_argv[0], ''), case when tg_argv[0] <> '' then new.id end,
      jsonb_build_object('kind', case when tg_argv[0] = '' then 'settings_changed' else 'fields_changed' end,
        'changes', changes));
  end if;
  return null;
end;
$$;

create trigger users_keep_change after update on users for each row
  execute function keep_change('user', 'password_hash totp_sealed totp_step');
create trigger customers_keep_change after update on customers for each row
  execute function keep_change('customer', 'version');
create trigger suppliers_keep_change after update on suppliers for each row
  execute function keep_change('supplier', 'version');
create trigger company_keep_change after update on company for each row execute function keep_change('', '');
create trigger sign_in_rules_keep_change after update on sign_in_rules for each row
  execute function keep_change('', '');
