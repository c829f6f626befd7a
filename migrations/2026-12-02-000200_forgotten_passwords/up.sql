-- Whoever forgot their password gets a link by mail that opens once, for half an hour.

create table password_links (
  id bigint generated always as identity,
  user_id bigint,
  token_hash bytea not null,
  address text not null,
  asked_at timestamptz not null,
  used_at timestamptz,
  constraint password_links_pkey primary key (id),
  constraint password_links_token_hash_key unique (token_hash),
  constraint password_links_user_id_fkey foreign key (user_id) references users (id),
  constraint password_links_token_hash_check check (octet_length(token_hash) = 32)
);
create index password_links_user_id_idx on password_links (user_id, asked_at);
create index password_links_address_idx on password_links (address, asked_at);
comment on table password_links is 'Links to choose a new password with, by mail.';
comment on column password_links.user_id is 'Null: asked for an account that is none; it counts for the address.';
comment on column password_links.token_hash is 'SHA-256 of what the link holds.';
comment on column password_links.used_at is 'It opens no more: it was used, or the password was changed since.';

alter table mails add column is_secret boolean not null default false;
comment on column mails.is_secret is 'Only its recipient may read it: it is shown to nobody, and its text is forgotten when it has left.';
