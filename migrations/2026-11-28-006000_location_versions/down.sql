alter table locations drop column version;
