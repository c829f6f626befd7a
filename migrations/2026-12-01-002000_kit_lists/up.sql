-- Kits among many products are found without reading the others.

create index products_kits_idx on products (sku, id) where kind = 'kit';

-- Both keys of a part, as they point at products.
create index if not exists kit_parts_kit_id_idx on kit_parts (kit_id, kit_kind);
drop index kit_parts_part_id_idx;
create index kit_parts_part_id_idx on kit_parts (part_id, part_kind);
