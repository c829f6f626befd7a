-- Kits among many products are found without reading the others, and what a kit or a part is pointed at by.

create index products_kits_idx on products (sku, id) where kind = 'kit';

create index kit_parts_kit_id_idx on kit_parts (kit_id, kit_kind);
drop index kit_parts_part_id_idx;
create index kit_parts_part_id_idx on kit_parts (part_id, part_kind);
