drop table mail_attachments;
drop table mails;
