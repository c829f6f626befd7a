drop table handled_requests;
drop function refuse_change();
drop aggregate sum_money(bigint);
