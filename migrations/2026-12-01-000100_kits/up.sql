-- Kits: products that are sold as one and made of parts. A kit has no stock of its own: an order line of a kit asks for
-- its parts, a line for each, and these are reserved in whole sets until somebody breaks the set.

alter table products add constraint products_id_kind_key unique (id, kind);

create table kit_parts (
  kit_id bigint not null,
  part_id bigint not null,
  quantity integer not null,
  kit_kind text not null default 'kit',
  part_kind text not null default 'simple',
  constraint kit_parts_pkey primary key (kit_id, part_id),
  constraint kit_parts_kit_id_fkey foreign key (kit_id, kit_kind) references products (id, kind),
  constraint kit_parts_part_id_fkey foreign key (part_id, part_kind) references products (id, kind),
  constraint kit_parts_quantity_check check (quantity between 1 and 10000),
  constraint kit_parts_kit_kind_check check (kit_kind = 'kit'),
  constraint kit_parts_part_kind_check check (part_kind = 'simple')
);
create index kit_parts_kit_id_idx on kit_parts (kit_id, kit_kind);
create index kit_parts_part_id_idx on kit_parts (part_id, part_kind);
comment on table kit_parts is 'What a kit is made of. No kit stands in a kit.';
comment on column kit_parts.quantity is 'Units of the part in one kit.';
comment on column kit_parts.kit_kind is 'Always kit: what has parts is one.';
comment on column kit_parts.part_kind is 'Always simple: a part is none.';

alter table order_lines
  add column returned integer not null default 0,
  add constraint order_lines_returned_check check (returned between 0 and shipped),
  add column is_kit boolean not null default false,
  add column kit_line_id bigint,
  add column per_kit integer,
  add column parts_in_kit smallint,
  add column broken_at timestamptz,
  add column broken_because text not null default '',
  add constraint order_lines_kit_line_id_fkey foreign key (kit_line_id) references order_lines (id),
  add constraint order_lines_per_kit_check check (per_kit > 0 and (per_kit is null) = (kit_line_id is null)),
  add constraint order_lines_parts_in_kit_check check (parts_in_kit > 0 and kit_line_id is not null or parts_in_kit is null),
  add constraint order_lines_is_kit_check check (not is_kit or kit_line_id is null),
  add constraint order_lines_broken_at_check check (broken_at is null or is_kit);
create index order_lines_kit_line_id_idx on order_lines (kit_line_id) where kit_line_id is not null;
comment on column order_lines.returned is 'Of those that were shipped, units that came back.';
comment on column order_lines.is_kit is 'Asks for its parts, a line for each; nothing of the kit itself is reserved or shipped.';
comment on column order_lines.kit_line_id is 'The line of the kit it is a part of; its price is there.';
comment on column order_lines.per_kit is 'Units of it in one kit, as sold.';
comment on column order_lines.parts_in_kit is 'Lines that make a set together with it; null: it is no part, or the sets were broken.';
comment on column order_lines.broken_at is 'When the sets of a kit were broken: its parts ship by the unit since.';
comment on column order_lines.broken_because is 'Why; empty: they were not.';

alter table demand
  add column kit_line_id bigint,
  add column per_kit integer,
  add column parts_in_kit smallint,
  add constraint demand_kit_check check (
    (kit_line_id is null) = (per_kit is null) and (kit_line_id is null) = (parts_in_kit is null)
    and per_kit > 0 and parts_in_kit > 0);
create index demand_kits_idx on demand (warehouse_id, product_id) where kit_line_id is not null;
create index demand_kit_line_id_idx on demand (kit_line_id) where kit_line_id is not null;
comment on column demand.kit_line_id is 'The line of the kit for which it is reserved in whole sets; null: it is reserved by the unit.';
comment on column demand.per_kit is 'Units of it in one set.';
comment on column demand.parts_in_kit is 'Lines of demand that make a set together.';

alter table decisions drop constraint decisions_cause_check;
alter table decisions add constraint decisions_cause_check check (cause in
  ('order_placed', 'order_edited', 'order_held', 'order_released', 'order_cancelled', 'reception', 'reversal',
   'adjustment', 'count', 'preparation', 'shipment', 'purchase_order', 'transfer', 'priority', 'moved', 'settings',
   'set_broken'));
