drop table replenishment_choices;
drop table reception_lines;
drop table receptions;
drop table purchase_order_lines;
drop table purchase_orders;
drop sequence reception_numbers;
drop sequence purchase_order_numbers;
