alter table sign_in_rules drop column second_factor_from;
alter table sessions drop column waits_for_code;
drop table recovery_codes;
alter table users drop column totp_sealed, drop column totp_since, drop column totp_step;
