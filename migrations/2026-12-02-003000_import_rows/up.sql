-- A file of orders is read once, into rows: these are looked at, page by page, and placed.

create table import_pieces (
  import_id bigint not null,
  piece integer not null,
  content bytea not null,
  constraint import_pieces_pkey primary key (import_id, piece),
  constraint import_pieces_import_id_fkey foreign key (import_id) references imports (id) on delete cascade
);
comment on table import_pieces is 'A file as it was uploaded, piece by piece; gone when nothing more can be done with it.';

create table import_orders (
  import_id bigint not null,
  place integer not null,
  content text not null,
  constraint import_orders_pkey primary key (import_id, place),
  constraint import_orders_import_id_fkey foreign key (import_id) references imports (id) on delete cascade
);
comment on table import_orders is 'Orders a file comes to, until they are placed.';
comment on column import_orders.place is 'From 0 on, as they stand in the file.';
comment on column import_orders.content is 'The order as it was read, as JSON.';

create table import_products (
  import_id bigint not null,
  place integer not null,
  sku text not null,
  name text not null,
  price bigint not null,
  constraint import_products_pkey primary key (import_id, place),
  constraint import_products_import_id_fkey foreign key (import_id) references imports (id) on delete cascade
);
comment on table import_products is 'Products the catalog did not know when a file was read, until its orders are placed.';

create table import_left_out (
  id bigint generated always as identity,
  import_id bigint not null,
  is_document boolean not null,
  place integer,
  line integer not null,
  last integer not null,
  order_number text not null,
  says text not null,
  reason text not null,
  constraint import_left_out_pkey primary key (id),
  constraint import_left_out_import_id_fkey foreign key (import_id) references imports (id) on delete cascade
);
create index import_left_out_import_id_is_document_place_idx on import_left_out (import_id, is_document, place);
create index import_left_out_import_id_line_id_idx on import_left_out (import_id, line, id);
comment on table import_left_out is 'Lines and documents of a file that are not imported.';
comment on column import_left_out.place is 'From 0 on by line, among lines or among documents; null while the file is read.';
comment on column import_left_out.last is 'The last line of a document.';

insert into import_pieces (import_id, piece, content) select id, 0, content from imports where content <> '';
alter table imports drop column content;
alter table imports add column reading integer not null default 1;
alter table imports add column tries integer not null default 0;
alter table imports add column file_lines integer not null default 0;
alter table imports add column lines_read integer not null default 0;
alter table imports add column outcome text;
alter table imports drop constraint imports_state_check;
alter table imports add constraint imports_state_check
  check (state in ('reading', 'broken', 'previewed', 'applied', 'discarded'));
drop index imports_uploaded_at_idx;
create index imports_uploaded_at_idx on imports (uploaded_at) where state in ('reading', 'broken', 'previewed');
create index imports_id_idx on imports (id) where state = 'reading';
-- What was kept as a file only is read by the server that starts next.
update imports set state = 'reading' where state = 'previewed';
alter table imports add constraint imports_outcome_check check (state <> 'previewed' or outcome is not null);
comment on column imports.reading is 'Counts how often it was asked to be read; who reads for an earlier one gives up.';
comment on column imports.tries is 'How often its present reading was begun.';
comment on column imports.file_lines is 'Lines of the file that say anything.';
comment on column imports.lines_read is 'Of these, how many are read.';
comment on column imports.outcome is 'What its page says beside rows, as JSON; null until it is read.';
comment on column imports.left_out is 'Lines and documents that were not imported, as CSV, of files from before there were rows.';
