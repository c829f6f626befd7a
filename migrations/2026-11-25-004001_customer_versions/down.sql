alter table customers drop column version;
