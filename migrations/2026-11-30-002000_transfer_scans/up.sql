alter table transfer_lines add column scanned integer not null default 0,
  add constraint transfer_lines_scanned_check check (scanned between 0 and quantity);
comment on column transfer_lines.scanned is 'Units that were scanned for what comes next: picked before they are sent, then taken in before they are received.';
