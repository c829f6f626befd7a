alter table promise_entries drop constraint promise_entries_cause_check;
alter table promise_entries add constraint promise_entries_cause_check check (cause in
  ('order_placed', 'order_edited', 'order_held', 'order_released', 'order_cancelled', 'reception', 'reversal',
   'adjustment', 'preparation', 'shipment', 'purchase_order', 'priority', 'settings'));
alter table reservation_entries drop constraint reservation_entries_cause_check;
alter table reservation_entries add constraint reservation_entries_cause_check check (cause in
  ('order_placed', 'order_edited', 'order_held', 'order_released', 'order_cancelled', 'reception', 'reversal',
   'adjustment', 'preparation', 'shipment', 'purchase_order', 'priority', 'settings'));
drop table turns;
drop table hand_moves;
