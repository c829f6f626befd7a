select format('location %s, product %s: %s lie there, and it is archived', b.code, c.product_id, c.quantity) as row
from bin_contents c join locations b on b.id = c.location_id
where not b.is_active
