-- What happened is kept as data; sentences about it are made where it is shown. What was written down in words until now
-- keeps them, unless they say nothing that the kind of the event and one detail do not.

alter table history add column event jsonb;
alter table history disable trigger history_append_only;
update history set event = case
    when what in ('Created') and record_kind = 'user' then jsonb_build_object('kind', 'account_created', 'role', detail)
    when what = 'Edited' and record_kind = 'order' then jsonb_build_object('kind', 'noted', 'what', what, 'detail', detail)
    when what in ('Created', 'Edited', 'Archived', 'Restored', 'Placed', 'Released', 'Disabled', 'Enabled')
      then jsonb_build_object('kind', lower(what))
    when what = 'Password changed' then jsonb_build_object('kind', 'password_changed')
    when what = 'Cancelled' then jsonb_build_object('kind', 'cancelled', 'reason', detail)
    when what = 'Put on hold' then jsonb_build_object('kind', 'held', 'reason', detail)
    when what = 'Shipped' then jsonb_build_object('kind', 'order_shipped')
    when what = 'Taken into preparation' then jsonb_build_object('kind', 'parcel_begun')
    when what = 'Picked' then jsonb_build_object('kind', 'parcel_picked')
    when what = 'Packed' then jsonb_build_object('kind', 'parcel_packed')
    when what = 'Parcel shipped' then jsonb_build_object('kind', 'parcel_shipped', 'parcel', split_part(detail, ' ', 1),
      'carrier', ltrim(substr(detail, length(split_part(detail, ' ', 1)) + 1)), 'tracking', '')
    when what = 'Given back to the queue' then jsonb_build_object('kind', 'parcel_given_back', 'parcel', detail)
    when what = 'Received' and record_kind = 'reception' then jsonb_build_object('kind', 'received', 'note', detail)
    when what = 'Reversed' then jsonb_build_object('kind', 'reversed', 'reason', detail)
    else jsonb_build_object('kind', 'noted', 'what', what, 'detail', detail)
  end;
alter table history enable trigger history_append_only;
alter table history alter column event set not null, drop column what, drop column detail;
alter table history add constraint history_event_check check (event ? 'kind');
comment on table history is 'What people did to a record, as data. Append-only.';
comment on column history.event is 'What happened, under kind, and its details.';

alter table handled_requests add column made jsonb not null default 'null';
update handled_requests set made = to_jsonb(substring(answer_path from '\d+$')::bigint) where answer_path ~ '\d+$';
alter table handled_requests drop column answer_path;
comment on column handled_requests.made is 'What the first one made, as its action answers it.';
