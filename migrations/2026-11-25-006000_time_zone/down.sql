alter table company drop column time_zone;
