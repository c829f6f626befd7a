alter table decisions disable trigger decisions_append_only;
update decisions set cause = 'order_edited' where cause = 'set_broken';
alter table decisions enable trigger decisions_append_only;
alter table decisions drop constraint decisions_cause_check;
alter table decisions add constraint decisions_cause_check check (cause in
  ('order_placed', 'order_edited', 'order_held', 'order_released', 'order_cancelled', 'reception', 'reversal',
   'adjustment', 'count', 'preparation', 'shipment', 'purchase_order', 'transfer', 'priority', 'moved', 'settings'));

alter table demand drop column kit_line_id, drop column per_kit, drop column parts_in_kit;
alter table order_lines drop column returned, drop column is_kit, drop column kit_line_id, drop column per_kit, drop column parts_in_kit, drop column broken_at,
  drop column broken_because;
drop table kit_parts;
alter table products drop constraint products_id_kind_key;
