-- What a place needs follows from its level alone once the levels in force are kept with it. So the
-- first page of the needs is read from an index, however many places lack something.

alter table levels
  add column warning integer not null default 0,
  add column ideal integer not null default 0;

update levels l set
  warning = coalesce(l.warning_level, w.default_warning_level),
  ideal = coalesce(l.ideal_level, w.default_ideal_level)
from warehouses w where w.id = l.warehouse_id;

alter table levels
  add column backorder_need integer not null
    generated always as (greatest(0, to_ship - on_hand)) stored,
  add column low_stock_need integer not null
    generated always as (
      case when greatest(0, on_hand - to_ship) < warning
        then greatest(0, ideal - greatest(0, on_hand - to_ship)) else 0 end
    ) stored,
  add column minimum integer not null
    generated always as (greatest(0, to_ship - on_hand - incoming)) stored;

comment on column levels.warning is 'The warning level in force: its own, or the default of the warehouse.';
comment on column levels.ideal is 'The ideal level in force: its own, or the default of the warehouse.';
comment on column levels.backorder_need is 'Units that orders wait for and that do not lie there.';
comment on column levels.low_stock_need is 'Units up to the ideal level, where less is available than the warning level.';
comment on column levels.minimum is 'Units that orders wait for and that are not on their way either.';

drop index levels_short_idx;
create index levels_need_idx on levels (minimum desc, warehouse_id desc, product_id desc)
  where backorder_need > 0 or low_stock_need > 0;

create function levels_in_force() returns trigger language plpgsql as $$
begin
  select coalesce(new.warning_level, w.default_warning_level), coalesce(new.ideal_level, w.default_ideal_level)
  into new.warning, new.ideal
  from warehouses w where w.id = new.warehouse_id;
  return new;
end $$;

create trigger levels_in_force before insert or update of warning_level, ideal_level on levels
  for each row execute function levels_in_force();

create function levels_by_default() returns trigger language plpgsql as $$
begin
  update levels set
    warning = coalesce(warning_level, new.default_warning_level),
    ideal = coalesce(ideal_level, new.default_ideal_level)
  where warehouse_id = new.id and (warning_level is null or ideal_level is null);
  return null;
end $$;

create trigger levels_by_default after update of default_warning_level, default_ideal_level on warehouses
  for each row when (
    (old.default_warning_level, old.default_ideal_level)
      is distinct from (new.default_warning_level, new.default_ideal_level)
  ) execute function levels_by_default();
