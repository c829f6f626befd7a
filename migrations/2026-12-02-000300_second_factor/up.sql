-- A second factor: codes that a phone shows, and codes on paper for when it is lost.

alter table users
  add column totp_sealed text,
  add column totp_since timestamptz,
  add column totp_step bigint not null default 0,
  add constraint users_totp_since_check check ((totp_sealed is null) = (totp_since is null));
comment on column users.totp_sealed is 'The secret their phone has as well, encrypted; null: a password is enough.';
comment on column users.totp_step is 'Of the last code that was used: no code is used twice.';

create table recovery_codes (
  user_id bigint not null,
  code_hash bytea not null,
  used_at timestamptz,
  constraint recovery_codes_pkey primary key (user_id, code_hash),
  constraint recovery_codes_user_id_fkey foreign key (user_id) references users (id),
  constraint recovery_codes_code_hash_check check (octet_length(code_hash) = 32)
);
comment on table recovery_codes is 'Each takes the place of one code of a phone that was lost.';

alter table sessions add column waits_for_code boolean not null default false;
comment on column sessions.waits_for_code is 'The password was right, and a second factor is missing: it opens nothing yet.';

alter table sign_in_rules
  add column second_factor_from text,
  add constraint sign_in_rules_second_factor_from_check check (second_factor_from in ('user', 'manager', 'admin'));
comment on column sign_in_rules.second_factor_from is 'Whoever has this role or a higher one needs a second factor; null: nobody does.';
