create function moment() returns timestamptz language sql stable as $$
  select coalesce(nullif(current_setting('backfill.moment', true), '')::timestamptz, now())
$$;
alter table users alter column created_at set default moment();
alter table history alter column at set default moment();
alter table mails alter column queued_at set default moment();
alter table suppliers alter column created_at set default moment();
alter table products alter column created_at set default moment();
alter table warehouses alter column created_at set default moment();
alter table customers alter column created_at set default moment();
alter table orders alter column created_at set default moment();
alter table purchase_orders alter column created_at set default moment();
alter table receptions alter column received_at set default moment();
alter table shipments alter column created_at set default moment();
alter table movements alter column at set default moment();
alter table imports alter column uploaded_at set default moment();
alter table integrity_runs alter column at set default moment();
alter table reception_reversals alter column reversed_at set default moment();
alter table hand_moves alter column at set default moment();
