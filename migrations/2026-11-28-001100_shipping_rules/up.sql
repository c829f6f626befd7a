create table shipping_rules (
  id bigint generated always as identity,
  position integer not null,
  country text not null default '',
  shipping_method text not null default '',
  channel_id bigint,
  product_id bigint,
  supplier_id bigint,
  way text not null,
  created_at timestamptz not null,
  constraint shipping_rules_pkey primary key (id),
  -- Rules change places in one statement.
  constraint shipping_rules_position_key unique (position) deferrable initially immediate,
  constraint shipping_rules_position_check check (position > 0),
  constraint shipping_rules_way_check check (way in ('named', 'has_all', 'has_line')),
  constraint shipping_rules_channel_id_fkey foreign key (channel_id) references channels,
  constraint shipping_rules_product_id_fkey foreign key (product_id) references products,
  constraint shipping_rules_supplier_id_fkey foreign key (supplier_id) references suppliers
);
create index shipping_rules_channel_id_idx on shipping_rules (channel_id);
create index shipping_rules_product_id_idx on shipping_rules (product_id);
create index shipping_rules_supplier_id_idx on shipping_rules (supplier_id);
comment on table shipping_rules is
  'Which warehouse ships a line that names none: the first rule that reaches it and finds one. What is empty or null reaches all.';
comment on column shipping_rules.country is 'As orders write it, without case; several are parted by commas.';
comment on column shipping_rules.supplier_id is 'Of products whose primary supplier it is.';

create table shipping_rule_warehouses (
  rule_id bigint not null,
  position integer not null,
  warehouse_id bigint not null,
  constraint shipping_rule_warehouses_pkey primary key (rule_id, position),
  constraint shipping_rule_warehouses_rule_id_warehouse_id_key unique (rule_id, warehouse_id),
  constraint shipping_rule_warehouses_position_check check (position > 0),
  constraint shipping_rule_warehouses_rule_id_fkey foreign key (rule_id) references shipping_rules on delete cascade,
  constraint shipping_rule_warehouses_warehouse_id_fkey foreign key (warehouse_id) references warehouses
);
create index shipping_rule_warehouses_warehouse_id_idx on shipping_rule_warehouses (warehouse_id);
comment on table shipping_rule_warehouses is 'The warehouses a rule looks at, in its order.';

alter table order_lines add column routed_by text not null default '';
comment on column order_lines.routed_by is 'The rule that chose the warehouse, in words, as it was then; empty: somebody chose it.';

alter table imports alter column warehouse_id drop not null;
comment on column imports.warehouse_id is 'Null: each line by the shipping rules.';
