drop index organizer_entries_printed_idx;
drop index organizer_entries_warns_idx;
drop table organizer_reads;
