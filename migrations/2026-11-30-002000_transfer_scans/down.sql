alter table transfer_lines drop column scanned;
