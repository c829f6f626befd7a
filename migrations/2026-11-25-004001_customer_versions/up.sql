alter table customers add column version integer not null default 0;
comment on column customers.version is 'Raised by every edit; a form made from an older version is told what changed.';
