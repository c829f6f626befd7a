drop table password_links;
delete from mails where is_secret;
alter table mails drop column is_secret;
