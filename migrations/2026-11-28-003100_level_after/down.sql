drop index movements_at_idx;
drop index movements_user_id_idx;
create index movements_user_id_idx on movements (user_id);
alter table movements
  drop constraint movements_levels_check,
  drop column from_level,
  drop column to_level,
  drop column corrects_id;
