select format('warehouse %s, product %s: on hand %s, to ship %s, incoming %s',
  warehouse_id, product_id, on_hand, to_ship, incoming) as row
from levels
where greatest(on_hand, to_ship, incoming) > 1000000000
