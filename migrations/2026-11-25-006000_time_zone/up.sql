alter table company add column time_zone text not null default '';
comment on column company.time_zone is 'Of the IANA database, such as Europe/Paris; empty until the first start takes that of the machine.';
