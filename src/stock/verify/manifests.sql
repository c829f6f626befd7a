select format('parcel %s: %s from %s by %s, on %s of %s by %s', s.number, s.status, s.warehouse_id, s.carrier,
  m.number, m.warehouse_id, m.carrier) as row
from shipments s join manifests m on m.id = s.manifest_id
where s.status <> 'shipped' or s.warehouse_id <> m.warehouse_id or lower(s.carrier) <> lower(m.carrier)
