create table barcodes (
  code text not null,
  product_id bigint not null,
  units integer not null default 1,
  constraint barcodes_pkey primary key (code),
  constraint barcodes_product_id_fkey foreign key (product_id) references products (id),
  constraint barcodes_code_check check (length(code) between 1 and 64 and code = btrim(code) and code !~ '[^ -~]'),
  constraint barcodes_units_check check (units between 1 and 1000000)
);
create index barcodes_product_id_idx on barcodes (product_id);
comment on table barcodes is 'What a scanner reads off a unit of a product, or off a case of it.';
comment on column barcodes.code is 'As printed: letters, digits, signs and blanks that Code 128 has bars for.';
comment on column barcodes.units is 'How many units it stands for: 12 on a case of twelve.';

insert into barcodes (code, product_id) select barcode, id from products where barcode is not null;
alter table products drop column barcode;
