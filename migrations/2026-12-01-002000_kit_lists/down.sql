drop index kit_parts_part_id_idx;
create index kit_parts_part_id_idx on kit_parts (part_id);
drop index kit_parts_kit_id_idx;

drop index products_kits_idx;
