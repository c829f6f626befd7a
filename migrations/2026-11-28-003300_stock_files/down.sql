drop table stock_files;
