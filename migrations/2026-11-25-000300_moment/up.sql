-- Every act says when it happens; the moment of a session goes, and what is written by hand is of now.

alter table users alter column created_at set default now();
alter table history alter column at set default now();
alter table mails alter column queued_at set default now();
alter table suppliers alter column created_at set default now();
alter table products alter column created_at set default now();
alter table warehouses alter column created_at set default now();
alter table customers alter column created_at set default now();
alter table orders alter column created_at set default now();
alter table purchase_orders alter column created_at set default now();
alter table receptions alter column received_at set default now();
alter table shipments alter column created_at set default now();
alter table movements alter column at set default now();
alter table imports alter column uploaded_at set default now();
alter table integrity_runs alter column at set default now();
alter table reception_reversals alter column reversed_at set default now();
alter table hand_moves alter column at set default now();
drop function moment();
