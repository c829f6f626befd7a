create table mails (
  id bigint generated always as identity,
  record_kind text,
  record_id bigint,
  recipients text not null,
  sender text not null,
  reply_to text,
  subject text not null,
  body_text text not null,
  body_html text not null,
  state text not null default 'queued',
  tries integer not null default 0,
  next_try_at timestamptz not null default now(),
  last_error text,
  queued_by bigint,
  queued_at timestamptz not null default moment(),
  sent_at timestamptz,
  constraint mails_pkey primary key (id),
  constraint mails_queued_by_fkey foreign key (queued_by) references users (id),
  constraint mails_recipients_check check (recipients <> ''),
  constraint mails_state_check check (state in ('queued', 'sent', 'failed', 'kept')),
  constraint mails_record_check check ((record_kind is null) = (record_id is null)),
  constraint mails_tries_check check (tries >= 0)
);
create index mails_due_idx on mails (next_try_at, id) where state = 'queued';
create index mails_state_idx on mails (state, id);
create index mails_record_idx on mails (record_kind, record_id);
create index mails_queued_by_idx on mails (queued_by);
comment on table mails is 'Outgoing mail. Rendered when it is queued, so what was promised is what is sent.';
comment on column mails.recipients is 'Addresses, separated by commas.';
comment on column mails.state is 'queued: waits for its next try. sent: accepted by the mail server. failed: given up, can be sent again. kept: no mail server is configured, readable here only.';

create table mail_attachments (
  id bigint generated always as identity,
  mail_id bigint not null,
  name text not null,
  content_type text not null,
  content bytea not null,
  constraint mail_attachments_pkey primary key (id),
  constraint mail_attachments_mail_id_fkey foreign key (mail_id) references mails (id)
);
create index mail_attachments_mail_id_idx on mail_attachments (mail_id);
