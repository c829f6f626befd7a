//! The last scan of a walk is taken back.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt};

use super::lock;
use crate::db::{Act, sql};
use crate::preparation::queries;
use crate::preparation::{Answer, Error, Outcome, ShipmentStatus, Stage, Walk};
use crate::schema::{scan_lines, scans, shipment_lines, shipments};
use crate::types::{ScanId, ShipmentId};

/// The units that the last scan of a walk counted are to be picked again, those of parcels that are packed or over
/// excepted; so is what was said to be picked unscanned of the same parcels.
///
/// # Errors
/// [`Error::NotWalked`], [`Error::NothingToUndo`].
pub fn undo_pick(act: &mut Act<'_>, walk: Walk) -> Result<Answer, Error> {
    let walked = lock(act, walk)?;
    if let Some(why) = walked.of_other(act)? {
        return Err(Error::NotWalked(why));
    }
    let last = queries::last_counted(act, Stage::Pick, walk)?;
    let last = last.ok_or(Error::NothingToUndo)?;
    let parcels = reopen(act, last.scan)?;
    sql!(
        "delete from scan_lines n using shipment_lines l
         where n.scan_id = :scan and l.id = n.shipment_line_id and l.shipment_id = any(:parcels)",
        scan: BigInt = last.scan,
        parcels: Array<BigInt> = &parcels,
    )
    .execute(act.conn())?;
    sql!(
        "update shipment_lines l set picked = coalesce((
           select sum(n.units) from scan_lines n join scans c on c.id = n.scan_id
           where n.shipment_line_id = l.id and c.stage = 'pick'), 0)
         where l.shipment_id = any(:parcels)",
        parcels: Array<BigInt> = &parcels,
    )
    .execute(act.conn())?;
    diesel::update(scans::table.find(last.scan))
        .set(scans::undone_at.eq(act.at()))
        .execute(act.conn())?;
    walked.tell(act)?;
    let words = format!(
        "Taken back: {} of {}. Put them where they were.",
        last.units, last.sku
    );
    Ok(Answer::of(Outcome::Opened, words))
}

/// The parcels that a scan filled are to be picked, those as well that were picked by it. What is in a package, or on a
/// desk, stays as it is.
fn reopen(act: &mut Act<'_>, scan: ScanId) -> Result<Vec<ShipmentId>, Error> {
    let filled = scan_lines::table
        .inner_join(shipment_lines::table)
        .filter(scan_lines::scan_id.eq(scan))
        .select(shipment_lines::shipment_id);
    let in_package = shipment_lines::table
        .filter(shipment_lines::shipment_id.eq(shipments::id))
        .filter(shipment_lines::packed.gt(0));
    let ids: Vec<ShipmentId> = shipments::table
        .filter(shipments::id.eq_any(filled))
        .filter(shipments::status.eq_any([ShipmentStatus::ToPick, ShipmentStatus::Picked]))
        .filter(shipments::packer_id.is_null())
        .filter(not(exists(in_package)))
        .order(shipments::id)
        .select(shipments::id)
        .for_no_key_update()
        .load(act.conn())?;
    if ids.is_empty() {
        return Err(Error::NothingToUndo);
    }
    diesel::update(shipments::table.filter(shipments::id.eq_any(&ids)))
        .set((
            shipments::status.eq(ShipmentStatus::ToPick),
            shipments::picked_at.eq(None::<chrono::DateTime<chrono::Utc>>),
        ))
        .execute(act.conn())?;
    Ok(ids)
}
