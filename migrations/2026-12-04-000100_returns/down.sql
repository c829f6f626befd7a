alter table decisions disable trigger decisions_append_only;
update decisions set cause = 'adjustment' where cause = 'return';
alter table decisions enable trigger decisions_append_only;
alter table decisions drop constraint decisions_cause_check;
alter table decisions add constraint decisions_cause_check check (cause in
  ('order_placed', 'order_edited', 'order_held', 'order_released', 'order_cancelled', 'reception', 'reversal',
   'adjustment', 'count', 'preparation', 'shipment', 'purchase_order', 'transfer', 'priority', 'moved', 'settings',
   'set_broken'));

alter table movements drop constraint movements_origin_check;
alter table movements drop column return_id;
alter table movements add constraint movements_origin_check
  check (num_nonnulls(reception_id, shipment_id, transfer_id, count_id) <= 1);

drop table return_lines, returns;
drop sequence return_numbers;
