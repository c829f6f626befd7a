select format('warehouse %s: %s consignments are %s, the count says %s',
  warehouse_id, coalesce(k.consignments, 0), state, coalesce(c.consignments, 0)) as row
from (select warehouse_id, state, count(*) as consignments from consignments group by 1, 2) k
full join (
  select warehouse_id, state, sum(consignments) as consignments from consignment_counts group by 1, 2
) c using (warehouse_id, state)
where coalesce(k.consignments, 0) <> coalesce(c.consignments, 0)
