drop index demand_moved_idx;
alter table demand drop column moved;
drop table told_dates;
