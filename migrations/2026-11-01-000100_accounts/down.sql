drop table history;
drop table sign_in_attempts;
drop table users;
