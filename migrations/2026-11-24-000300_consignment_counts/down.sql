drop trigger consignments_count_inserted on consignments;
drop trigger consignments_count_updated on consignments;
drop trigger consignments_count_deleted on consignments;
drop function count_consignments();
drop function add_up_consignment_counts();
drop table consignment_counts;
