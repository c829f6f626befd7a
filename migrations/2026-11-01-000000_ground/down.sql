drop table handled_requests;
drop function refuse_change();
drop function moment();
drop aggregate sum_money(bigint);
