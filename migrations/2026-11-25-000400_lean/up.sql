-- What a settlement rewrites by the thousand bears only the indexes that a query uses. No query asks for lines by what
-- covers them or for consignments by warehouse alone, and both are read off rows that have foreign keys of their own;
-- `backfill verify` looks whether they hold. Room on the pages of demand lets most lines change without touching an index.

alter table demand drop constraint demand_supply_id_fkey;
drop index demand_supply_id_idx;
alter table demand set (fillfactor = 75);

alter table consignments drop constraint consignments_warehouse_id_fkey;
drop index consignments_warehouse_id_idx;
