alter table movements drop column decision_id;

create temporary table new_reservations as
select e.*, l.product_id, l.warehouse_id from reservation_entries e join order_lines l on l.id = e.order_line_id;
create temporary table new_promises as select * from promise_entries;
drop table reservation_entries;
drop table promise_entries;

create table reservation_entries (
  id bigint generated always as identity,
  order_line_id bigint not null,
  product_id bigint not null,
  warehouse_id bigint not null,
  change integer not null,
  cause text not null,
  reception_id bigint,
  reason text not null default '',
  user_id bigint,
  at timestamptz not null default moment(),
  constraint reservation_entries_pkey primary key (id),
  constraint reservation_entries_order_line_id_fkey foreign key (order_line_id) references order_lines (id),
  constraint reservation_entries_product_id_fkey foreign key (product_id) references products (id),
  constraint reservation_entries_warehouse_id_fkey foreign key (warehouse_id) references warehouses (id),
  constraint reservation_entries_reception_id_fkey foreign key (reception_id) references receptions (id),
  constraint reservation_entries_user_id_fkey foreign key (user_id) references users (id),
  constraint reservation_entries_change_check check (change <> 0),
  constraint reservation_entries_cause_check check (cause in
    ('order_placed', 'order_edited', 'order_held', 'order_released', 'order_cancelled', 'reception', 'reversal',
     'adjustment', 'preparation', 'shipment', 'purchase_order', 'priority', 'moved', 'settings'))
);
create index reservation_entries_order_line_id_idx on reservation_entries (order_line_id, id);
create index reservation_entries_product_id_idx on reservation_entries (product_id);
create index reservation_entries_warehouse_id_idx on reservation_entries (warehouse_id);
create index reservation_entries_reception_id_idx on reservation_entries (reception_id) where reception_id is not null;
create index reservation_entries_user_id_idx on reservation_entries (user_id);
create trigger reservation_entries_append_only before update or delete on reservation_entries
  for each row execute function refuse_change();
comment on table reservation_entries is 'Every decision about reserved units: their changes add up to demand.reserved. Append-only.';
insert into reservation_entries
  (order_line_id, product_id, warehouse_id, change, cause, reception_id, reason, user_id, at)
select e.order_line_id, e.product_id, e.warehouse_id, e.change, d.cause, d.reception_id, d.reason, d.user_id, d.at
from new_reservations e join decisions d on d.id = e.decision_id order by d.id;

create table promise_entries (
  id bigint generated always as identity,
  order_line_id bigint not null,
  old_on date,
  new_on date,
  cause text not null,
  reason text not null default '',
  user_id bigint,
  at timestamptz not null default moment(),
  constraint promise_entries_pkey primary key (id),
  constraint promise_entries_order_line_id_fkey foreign key (order_line_id) references order_lines (id),
  constraint promise_entries_user_id_fkey foreign key (user_id) references users (id),
  constraint promise_entries_change_check check (old_on is distinct from new_on),
  constraint promise_entries_cause_check check (cause in
    ('order_placed', 'order_edited', 'order_held', 'order_released', 'order_cancelled', 'reception', 'reversal',
     'adjustment', 'preparation', 'shipment', 'purchase_order', 'priority', 'moved', 'settings'))
);
create index promise_entries_order_line_id_idx on promise_entries (order_line_id, id);
create index promise_entries_slipped_idx on promise_entries (order_line_id, old_on)
  where old_on is not null and (new_on is null or new_on > old_on);
create index promise_entries_user_id_idx on promise_entries (user_id);
create trigger promise_entries_append_only before update or delete on promise_entries
  for each row execute function refuse_change();
comment on table promise_entries is 'Every expected date of a waiting order line that moved, and why. Append-only.';
comment on column promise_entries.old_on is 'Null: its last missing unit was not on order.';
comment on column promise_entries.new_on is 'Null: its last missing unit is not on order.';
insert into promise_entries (order_line_id, old_on, new_on, cause, reason, user_id, at)
select e.order_line_id, e.old_on, e.new_on, d.cause, d.reason, d.user_id, d.at
from new_promises e join decisions d on d.id = e.decision_id order by d.id;

drop table new_reservations, new_promises;
drop table decisions;
