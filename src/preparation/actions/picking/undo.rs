//! The last scan of a walk is taken back.

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt};

use super::lock;
use crate::db::{Act, sql};
use crate::preparation::queries;
use crate::preparation::{Answer, Error, Outcome, Shipment, ShipmentStatus, Stage, Walk};
use crate::schema::{scan_lines, scans, shipment_lines, shipments};
use crate::types::{ScanId, ShipmentId};

/// The units that the last scan of a walk counted are to be picked again; so is what was said to be picked unscanned
/// of the parcels it filled.
///
/// # Errors
/// [`Error::NothingToUndo`]; [`Error::BeingPacked`]; [`Error::Step`] when a parcel of it is packed or over.
pub fn undo_pick(act: &mut Act<'_>, walk: Walk) -> Result<Answer, Error> {
    let walked = lock(act, walk)?;
    let last = queries::last_counted(act, Stage::Pick, walk)?;
    let last = last.ok_or(Error::NothingToUndo)?;
    let parcels = reopen(act, last.scan)?;
    diesel::delete(scan_lines::table.filter(scan_lines::scan_id.eq(last.scan)))
        .execute(act.conn())?;
    sql!(
        "update shipment_lines l set picked = coalesce((
           select sum(n.units) from scan_lines n join scans c on c.id = n.scan_id
           where n.shipment_line_id = l.id and c.stage = 'pick'), 0)
         where l.shipment_id = any(:parcels)",
        parcels: Array<BigInt> = parcels,
    )
    .execute(act.conn())?;
    diesel::update(scans::table.find(last.scan))
        .set(scans::undone_at.eq(act.at()))
        .execute(act.conn())?;
    walked.tell(act)?;
    let words = format!("Taken back: {}. Put them where they were.", last.units);
    Ok(Answer::of(Outcome::Opened, words))
}

/// The parcels that a scan filled are to be picked, those as well that were picked by it.
fn reopen(act: &mut Act<'_>, scan: ScanId) -> Result<Vec<ShipmentId>, Error> {
    let ids: Vec<ShipmentId> = scan_lines::table
        .inner_join(shipment_lines::table)
        .filter(scan_lines::scan_id.eq(scan))
        .select(shipment_lines::shipment_id)
        .distinct()
        .load(act.conn())?;
    let locked: Vec<Shipment> = Shipment::query()
        .filter(shipments::id.eq_any(&ids))
        .order(shipments::id)
        .for_no_key_update()
        .load(act.conn())?;
    let packed = shipment_lines::table
        .filter(shipment_lines::shipment_id.eq(shipments::id))
        .filter(shipment_lines::packed.gt(0));
    let packed: Vec<ShipmentId> = shipments::table
        .filter(shipments::id.eq_any(&ids))
        .filter(shipments::packer_id.is_not_null().or(exists(packed)))
        .select(shipments::id)
        .load(act.conn())?;
    for parcel in locked {
        match parcel.status {
            ShipmentStatus::ToPick => {}
            ShipmentStatus::Picked if packed.contains(&parcel.id) => {
                return Err(Error::BeingPacked(parcel.number));
            }
            ShipmentStatus::Picked => {}
            _ => return Err(parcel.refuses(ShipmentStatus::ToPick)),
        }
    }
    diesel::update(shipments::table.filter(shipments::id.eq_any(&ids)))
        .set((
            shipments::status.eq(ShipmentStatus::ToPick),
            shipments::picked_at.eq(None::<chrono::DateTime<chrono::Utc>>),
        ))
        .execute(act.conn())?;
    Ok(ids)
}
