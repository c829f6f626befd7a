delete from stock_files where what = 'kits';
alter table stock_files drop column what;
comment on column stock_files.changes is 'Figures that were changed; while previewed, those that would be.';
comment on table stock_files is 'Files of levels and counted units: kept between preview and confirmation, then what came of them.';
