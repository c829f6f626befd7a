drop trigger users_keep_change on users;
drop trigger customers_keep_change on customers;
drop trigger suppliers_keep_change on suppliers;
drop trigger company_keep_change on company;
drop trigger sign_in_rules_keep_change on sign_in_rules;
drop function keep_change();
drop table audit_trail;
