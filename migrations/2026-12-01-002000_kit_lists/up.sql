-- Kits among many products are found without reading the others.

create index products_kits_idx on products (sku, id) where kind = 'kit';
