drop table shipment_lines;
drop table shipments;
drop sequence shipment_numbers;
