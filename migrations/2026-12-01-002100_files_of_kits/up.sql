-- A file says what lies somewhere, or what kits are packed of.

alter table stock_files add column what text not null default 'levels'
  constraint stock_files_what_check check (what in ('levels', 'kits'));
comment on column stock_files.what is 'levels: levels and counted units. kits: what kits are packed of.';
comment on column stock_files.changes is 'Figures, or kits, that were changed; while previewed, those that would be.';
comment on table stock_files is 'Files of levels and counted units, or of kits: kept between preview and confirmation, then what came of them.';
