alter table company drop column recount_units, drop column recount_value;

alter table movements drop constraint movements_origin_check;
alter table movements drop column count_id;
alter table movements add constraint movements_origin_check
  check (num_nonnulls(reception_id, shipment_id, transfer_id) <= 1);

alter table decisions disable trigger decisions_append_only;
update decisions set cause = 'adjustment' where cause = 'count';
alter table decisions enable trigger decisions_append_only;
alter table decisions drop constraint decisions_cause_check;
alter table decisions add constraint decisions_cause_check check (cause in
  ('order_placed', 'order_edited', 'order_held', 'order_released', 'order_cancelled', 'reception', 'reversal',
   'adjustment', 'preparation', 'shipment', 'purchase_order', 'transfer', 'priority', 'moved', 'settings'));

drop table shortages, count_scans, count_lines, counts;
drop sequence count_numbers;
