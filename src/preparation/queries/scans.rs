//! What was scanned last, as pages say it again.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text};

use crate::db::sql;
use crate::preparation::{Outcome, Stage, Walk};
use crate::schema::scans;
use crate::types::{Quantity, ScanId, ShipmentId, UserId};

/// A scan, and what the floor was told.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = scans)]
pub struct Last {
    pub outcome: Outcome,
    pub answer: String,
    pub shipment_id: Option<ShipmentId>,
    undone_at: Option<chrono::DateTime<chrono::Utc>>,
}

impl Last {
    pub const fn is_undone(&self) -> bool {
        self.undone_at.is_some()
    }
}

/// The last scan of a walk.
pub fn last_of_walk(conn: &mut PgConnection, walk: Walk) -> QueryResult<Option<Last>> {
    let (batch, parcel) = walk.ids();
    let all = Last::query()
        .filter(scans::stage.eq(Stage::Pick))
        .order(scans::id.desc());
    match batch {
        Some(batch) => all.filter(scans::batch_id.eq(batch)).first(conn),
        None => all.filter(scans::shipment_id.eq(parcel)).first(conn),
    }
    .optional()
}

/// The last scan of somebody at a packing desk.
pub fn last_packed_by(conn: &mut PgConnection, user: UserId) -> QueryResult<Option<Last>> {
    Last::query()
        .filter(scans::stage.eq(Stage::Pack))
        .filter(scans::user_id.eq(user))
        .order(scans::id.desc())
        .first(conn)
        .optional()
}

/// A scan that counted, and the units of it that still count.
#[derive(Debug, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Counted {
    #[diesel(sql_type = BigInt)]
    pub scan: ScanId,
    #[diesel(sql_type = Integer)]
    pub units: Quantity,
    #[diesel(sql_type = Text)]
    pub sku: String,
}

/// The last that counted on a walk, or into the parcel of one, and can be taken back: what was picked stays where it is
/// once a packer has it.
pub fn last_counted(
    conn: &mut PgConnection,
    stage: Stage,
    walk: Walk,
) -> QueryResult<Option<Counted>> {
    let (batch, parcel) = walk.ids();
    let can_be_undone = match stage {
        Stage::Pack => "true",
        Stage::Pick => {
            "s.status in ('to_pick', 'picked') and s.packer_id is null and not exists (
               select from shipment_lines b where b.shipment_id = s.id and b.packed > 0)"
        }
    };
    let text = format!(
        "select c.id as scan, sum(n.units)::int4 as units, min(p.sku) as sku
         from scans c
         join scan_lines n on n.scan_id = c.id
         join shipment_lines l on l.id = n.shipment_line_id
         join products p on p.id = l.product_id
         join shipments s on s.id = l.shipment_id
         where (c.batch_id = :batch or c.shipment_id = :parcel) and c.stage = :stage and {can_be_undone}
         group by c.id order by c.id desc limit 1"
    );
    sql!(
        text,
        batch: Nullable<BigInt> = batch,
        parcel: Nullable<BigInt> = parcel,
        stage: Text = stage,
    )
    .get_result(conn)
    .optional()
}
