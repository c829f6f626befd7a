//! The parcels that a carrier's file names.

use std::collections::HashMap;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text};

use super::leaving::BY;
use crate::db::sql;
use crate::preparation::files::{Asked, Known};
use crate::preparation::{Carrier, CarrierFiles, ReferenceKind, ShipmentStatus};
use crate::schema::{carriers, shipments};
use crate::types::{CarrierId, Limit, ShipmentId, WarehouseId};

/// A carrier, and how its files are written and read.
pub fn carrier_with_files(
    conn: &mut PgConnection,
    id: CarrierId,
) -> QueryResult<(Carrier, CarrierFiles)> {
    let carrier = Carrier::query().filter(carriers::id.eq(id)).first(conn)?;
    let files = CarrierFiles::query()
        .filter(carriers::id.eq(id))
        .first(conn)?;
    Ok((carrier, files))
}

/// Keeps parcels from others until the transaction ends.
pub fn lock_parcels(conn: &mut PgConnection, ids: &[ShipmentId]) -> QueryResult<()> {
    shipments::table
        .filter(shipments::id.eq_any(ids))
        .order(shipments::id)
        .select(shipments::id)
        .for_update()
        .execute(conn)?;
    Ok(())
}

#[derive(QueryableByName)]
#[diesel(check_for_backend(Pg))]
struct Named {
    #[diesel(sql_type = Text)]
    reference: String,
    #[diesel(sql_type = BigInt)]
    id: ShipmentId,
    #[diesel(sql_type = Text)]
    number: String,
    #[diesel(sql_type = Text)]
    status: ShipmentStatus,
    #[diesel(sql_type = BigInt)]
    warehouse_id: WarehouseId,
    #[diesel(sql_type = Text)]
    tracking_number: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    carrier_id: Option<CarrierId>,
    #[diesel(sql_type = Text)]
    carrier: String,
}

/// The parcels that each reference of a file names, as far as somebody may touch them; in one statement.
pub fn named(
    conn: &mut PgConnection,
    kind: ReferenceKind,
    limit: &Limit,
    asked: &[Asked],
) -> QueryResult<HashMap<String, Vec<Known>>> {
    let is_called = match kind {
        ReferenceKind::Parcel => "s.number = upper(r.reference)",
        ReferenceKind::Order => "o.number = r.reference",
        ReferenceKind::External => {
            "o.external_reference = r.reference and o.external_reference <> ''"
        }
    };
    let mut references: Vec<&str> = asked.iter().map(|line| line.reference.as_str()).collect();
    references.sort_unstable();
    references.dedup();
    let text = format!(
        "select r.reference, s.id, s.number, s.status, s.warehouse_id, s.tracking_number,
           k.id as carrier_id, coalesce(k.name, '') as carrier
         from unnest(:references) as r (reference)
         join (shipments s join orders o on o.id = s.order_id) on {is_called}
         {BY}
         order by s.id"
    );
    let found: Vec<Named> = sql!(text, references: Array<Text> = references).load(conn)?;
    let mut known: HashMap<String, Vec<Known>> = HashMap::new();
    for row in found
        .into_iter()
        .filter(|row| limit.admits(row.warehouse_id))
    {
        known.entry(row.reference).or_default().push(Known {
            id: row.id,
            number: row.number,
            status: row.status,
            tracking_number: row.tracking_number,
            carrier: row.carrier_id.map(|id| (id, row.carrier)),
        });
    }
    Ok(known)
}
