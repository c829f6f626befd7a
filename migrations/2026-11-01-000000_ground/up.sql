-- What every other migration stands on.

-- The sum of money: `sum(bigint)` would be numeric.
create aggregate sum_money(bigint) (sfunc = int8pl, stype = bigint, initcond = '0');

-- When what is written down happened: now, or the moment of the past that a transaction replays.
create function moment() returns timestamptz language sql stable as $$
  select coalesce(nullif(current_setting('backfill.moment', true), '')::timestamptz, now())
$$;

-- History is written once. Correct a mistake by what undoes it.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end
$$;

create table handled_requests (
  key text not null,
  answer_path text not null,
  handled_at timestamptz not null default now(),
  constraint handled_requests_pkey primary key (key),
  constraint handled_requests_key_check check (length(key) between 8 and 100)
);
comment on table handled_requests is 'Posts that were acted on, by the key their form carried: a request sent twice acts once.';
comment on column handled_requests.answer_path is 'Where the first answer sent the browser.';
