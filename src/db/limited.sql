-- What somebody sees who is limited to some warehouses: a view for each table that belongs to a
-- warehouse, of the same name and with the same columns. A reading transaction of theirs looks here
-- first, so that no query has to know. Made anew after migrations, never edited in the database.
create schema limited;

-- The setting is of the transaction; without one, nothing can be seen at all.
create function limited.admits(warehouse bigint) returns boolean language sql stable as
  $$ select warehouse = any(current_setting('backfill.warehouses')::bigint[]) $$;

create view limited.warehouses as select * from public.warehouses where limited.admits(id);
create view limited.user_warehouses as select * from public.user_warehouses where limited.admits(warehouse_id);
create view limited.locations as select * from public.locations where limited.admits(warehouse_id);

create view limited.levels as select * from public.levels where limited.admits(warehouse_id);
create view limited.demand as select * from public.demand where limited.admits(warehouse_id);
create view limited.supply as select * from public.supply where limited.admits(warehouse_id);
create view limited.consignments as select * from public.consignments where limited.admits(warehouse_id);
create view limited.consignment_counts as select * from public.consignment_counts where limited.admits(warehouse_id);
create view limited.hand_moves as select * from public.hand_moves where limited.admits(warehouse_id);
create view limited.bin_contents as select * from public.bin_contents where limited.admits(warehouse_id);
-- What moves within quarantine, or leaves from there, names bins only.
create view limited.movements as select * from public.movements m
  where limited.admits(from_warehouse_id) or limited.admits(to_warehouse_id)
    or from_warehouse_id is null and to_warehouse_id is null and exists (
      select from limited.locations l where l.id in (m.from_location_id, m.to_location_id));

-- An order is there for all who ship some of it; of its lines, each sees their own.
create view limited.order_lines as select * from public.order_lines where limited.admits(warehouse_id);
create view limited.orders as select * from public.orders o
  where exists (select from limited.order_lines l where l.order_id = o.id);
create view limited.order_amounts as select * from public.order_amounts a
  where exists (select from limited.orders o where o.id = a.order_id);
create view limited.told_dates as select * from public.told_dates t
  where exists (select from limited.order_lines l where l.id = t.order_line_id);
create view limited.reservation_entries as select * from public.reservation_entries e
  where exists (select from limited.order_lines l where l.id = e.order_line_id);
create view limited.promise_entries as select * from public.promise_entries e
  where exists (select from limited.order_lines l where l.id = e.order_line_id);
create view limited.turns as select * from public.turns t
  where exists (select from limited.order_lines l where l.id = t.order_line_id);
create view limited.bin_holds as select * from public.bin_holds h
  where exists (select from limited.locations l where l.id = h.location_id);

create view limited.shipments as select * from public.shipments where limited.admits(warehouse_id);
create view limited.batches as select * from public.batches where limited.admits(warehouse_id);
create view limited.scans as select * from public.scans where limited.admits(warehouse_id);
create view limited.scan_lines as select * from public.scan_lines n
  where exists (select from limited.scans s where s.id = n.scan_id);
create view limited.packages as select * from public.packages p
  where exists (select from limited.shipments s where s.id = p.shipment_id);
create view limited.shipment_lines as select * from public.shipment_lines l
  where exists (select from limited.shipments s where s.id = l.shipment_id);

create view limited.manifests as select * from public.manifests where limited.admits(warehouse_id);

create view limited.purchase_orders as select * from public.purchase_orders where limited.admits(warehouse_id);
create view limited.purchase_order_lines as select * from public.purchase_order_lines l
  where exists (select from limited.purchase_orders p where p.id = l.purchase_order_id);
create view limited.receptions as select * from public.receptions where limited.admits(warehouse_id);
create view limited.reception_lines as select * from public.reception_lines l
  where exists (select from limited.receptions r where r.id = l.reception_id);
create view limited.reception_reversals as select * from public.reception_reversals v
  where exists (select from limited.receptions r where r.id = v.reception_id);
create view limited.reversal_lines as select * from public.reversal_lines l
  where exists (select from limited.reception_reversals v where v.id = l.reversal_id);
create view limited.preparation_choices as select * from public.preparation_choices
  where limited.admits(warehouse_id);
create view limited.replenishment_choices as select * from public.replenishment_choices
  where limited.admits(warehouse_id);

-- Both ends of a transfer know of it.
create view limited.transfers as select * from public.transfers
  where limited.admits(from_warehouse_id) or limited.admits(to_warehouse_id);
create view limited.transfer_lines as select * from public.transfer_lines l
  where exists (select from limited.transfers t where t.id = l.transfer_id);
create view limited.transfer_losses as select * from public.transfer_losses x
  where exists (select from limited.transfer_lines l where l.id = x.transfer_line_id);

create view limited.counts as select * from public.counts where limited.admits(warehouse_id);
create view limited.count_lines as select * from public.count_lines where limited.admits(warehouse_id);
create view limited.count_scans as select * from public.count_scans s
  where exists (select from limited.count_lines l where l.id = s.count_line_id);
create view limited.returns as select * from public.returns where limited.admits(warehouse_id);
create view limited.return_lines as select * from public.return_lines b
  where exists (select from limited.returns r where r.id = b.return_id);
create view limited.shortages as select * from public.shortages where limited.admits(warehouse_id);

create view limited.shipping_rule_warehouses as select * from public.shipping_rule_warehouses
  where limited.admits(warehouse_id);

-- Of all warehouses together, and not to be parted.
create view limited.figures_by_day as select * from public.figures_by_day where false;

-- A file that names no warehouse is seen by those who may touch all that its sender may touch.
create function limited.admits_all_of(sender bigint) returns boolean language sql stable as $$
  select exists (select from public.user_warehouses where user_id = sender)
    and not exists (
      select from public.user_warehouses where user_id = sender and not limited.admits(warehouse_id)) $$;
create view limited.stock_files as select * from public.stock_files where limited.admits_all_of(uploaded_by);
create view limited.imports as select * from public.imports
  where limited.admits(warehouse_id) or warehouse_id is null and limited.admits_all_of(uploaded_by);
create view limited.import_pieces as select * from public.import_pieces r
  where exists (select from limited.imports i where i.id = r.import_id);
create view limited.import_orders as select * from public.import_orders r
  where exists (select from limited.imports i where i.id = r.import_id);
create view limited.import_products as select * from public.import_products r
  where exists (select from limited.imports i where i.id = r.import_id);
create view limited.import_left_out as select * from public.import_left_out r
  where exists (select from limited.imports i where i.id = r.import_id);

-- What is said of a record is for those who see the record; what names goods or parcels of an order, for
-- those who see the whole order.
create view limited.whole_orders as select * from limited.orders o
  where not exists (
    select from public.order_lines l where l.order_id = o.id and not limited.admits(l.warehouse_id));
create function limited.shows(record_kind text, record_id bigint) returns boolean language sql stable as $$
  select case record_kind
    when 'order' then exists (select from limited.orders where id = record_id)
    when 'purchase_order' then exists (select from limited.purchase_orders where id = record_id)
    when 'reception' then exists (select from limited.receptions where id = record_id)
    when 'shipment' then exists (select from limited.shipments where id = record_id)
    when 'transfer' then exists (select from limited.transfers where id = record_id)
    when 'count' then exists (select from limited.counts where id = record_id)
    when 'return' then exists (select from limited.returns where id = record_id)
    when 'warehouse' then exists (select from limited.warehouses where id = record_id)
    when 'location' then exists (select from limited.locations where id = record_id)
    else true
  end $$;
create view limited.organizer_entries as select * from public.organizer_entries e
  where e.record_kind is null or limited.shows(e.record_kind, e.record_id);
create view limited.organizer_mentions as select * from public.organizer_mentions m
  where exists (select from limited.organizer_entries e where e.id = m.entry_id);
create view limited.organizer_reads as select * from public.organizer_reads r
  where exists (select from limited.organizer_entries e where e.id = r.entry_id);
create view limited.organizer_tellings as select * from public.organizer_tellings n
  where exists (select from limited.organizer_entries e where e.id = n.entry_id);
create view limited.history as select * from public.history h
  where limited.shows(record_kind, record_id)
    and (record_kind <> 'entry' or exists (select from limited.organizer_entries where id = h.record_id))
    and (record_kind <> 'order' or not event ?| array['sku', 'changes', 'parcel', 'subject', 'detail']
      or exists (select from limited.whole_orders where id = h.record_id))
    and (not event ? 'warehouse' or exists (select from limited.warehouses where code = event ->> 'warehouse'))
    -- These do not say where.
    and (record_kind <> 'product' or event ->> 'kind' not in ('stock_corrected', 'noted'));
create view limited.mails as select * from public.mails m
  where limited.shows(coalesce(record_kind, ''), record_id)
    and (record_kind is distinct from 'entry' or exists (select from limited.organizer_entries where id = m.record_id))
    and (record_kind is distinct from 'order' or exists (select from limited.whole_orders where id = m.record_id));
create view limited.mail_attachments as select * from public.mail_attachments a
  where exists (select from limited.mails m where m.id = a.mail_id);
