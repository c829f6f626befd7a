drop index products_kits_idx;
