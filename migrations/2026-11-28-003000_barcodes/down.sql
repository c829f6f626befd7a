alter table products
  add column barcode text,
  add constraint products_barcode_key unique (barcode);
update products p
set barcode = (select code from barcodes b where b.product_id = p.id order by units, code limit 1);
drop table barcodes;
