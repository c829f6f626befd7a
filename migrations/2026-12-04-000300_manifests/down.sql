alter table company
  drop column shipping_mail,
  drop column shipping_mail_subject,
  drop column shipping_mail_text,
  drop column shipping_mail_sender;
alter table carriers
  drop column cut_off,
  drop column export_separator,
  drop column export_header,
  drop column export_columns,
  drop column import_separator,
  drop column import_reference,
  drop column import_reference_is,
  drop column import_tracking;
drop index shipments_packed_idx;
alter table shipments drop column manifest_id, drop column told_at;
drop table manifests;
drop sequence manifest_numbers;
