-- Whoever looks for a name types a part of it: found by its trigrams, however many names there are.
create extension if not exists pg_trgm;
create index customers_name_part_idx on customers using gin (lower(name) gin_trgm_ops);
create index products_name_part_idx on products using gin (name gin_trgm_ops);
create index products_sku_part_idx on products using gin (sku gin_trgm_ops);
