drop table promise_entries;
