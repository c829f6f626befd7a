alter table locations add column version integer not null default 0;
comment on column locations.version is 'Raised by every edit; a form made from an older version is told what changed.';
