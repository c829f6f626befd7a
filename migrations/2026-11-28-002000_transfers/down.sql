-- What is under way lies nowhere: nobody is promised it any more.
update demand d set uncovered = d.to_ship - d.reserved, supply_id = null, expected_on = null
from supply s where s.id = d.supply_id and s.transfer_id is not null;
update levels l set incoming = l.incoming - s.units
from (select warehouse_id, product_id, sum(quantity)::integer as units from supply where transfer_id is not null group by 1, 2) s
where s.warehouse_id = l.warehouse_id and s.product_id = l.product_id;
delete from supply where transfer_id is not null;

alter table decisions disable trigger decisions_append_only;
update decisions set cause = 'adjustment' where cause = 'transfer';
alter table decisions enable trigger decisions_append_only;
alter table decisions drop constraint decisions_cause_check;
alter table decisions add constraint decisions_cause_check check (cause in
  ('order_placed', 'order_edited', 'order_held', 'order_released', 'order_cancelled', 'reception', 'reversal',
   'adjustment', 'preparation', 'shipment', 'purchase_order', 'priority', 'moved', 'settings'));

comment on table supply is 'What is on its way: lines of sent purchase orders with units still to come.';
comment on column supply.purchase_order_line_id is null;
alter table supply
  drop column transfer_line_id,
  drop column transfer_id,
  alter column purchase_order_line_id set not null,
  alter column purchase_order_id set not null;

alter table movements drop column transfer_id;
alter table movements add constraint movements_origin_check check (num_nonnulls(reception_id, shipment_id) <= 1);

drop table transfer_losses, transfer_lines, transfers;
drop sequence transfer_numbers;
