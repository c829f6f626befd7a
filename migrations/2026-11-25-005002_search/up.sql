-- What is typed or scanned into the search box opens at once.
create index shipments_number_prefix_idx on shipments (number text_pattern_ops);
create index shipments_tracking_number_idx on shipments (upper(tracking_number) text_pattern_ops) where tracking_number <> '';
create index purchase_orders_number_prefix_idx on purchase_orders (number text_pattern_ops);
create index receptions_number_prefix_idx on receptions (number text_pattern_ops);
create index suppliers_name_part_idx on suppliers using gin (lower(name) gin_trgm_ops);
