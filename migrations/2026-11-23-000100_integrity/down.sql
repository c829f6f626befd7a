drop table integrity_runs;
