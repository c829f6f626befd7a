drop table user_rights;
