drop index products_sku_part_idx;
drop index products_name_part_idx;
drop index customers_name_part_idx;
drop extension pg_trgm;
