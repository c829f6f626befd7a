drop index levels_left_at_idx;
alter table levels drop column left_at;
