drop table reservation_entries;
alter table demand drop constraint demand_supply_id_fkey;
drop table supply;
drop table demand;
drop table consignments;
drop table movements;
drop table levels;
