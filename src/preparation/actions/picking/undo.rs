//! The last scan of a walk is taken back.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::lock;
use crate::db::{Act, sql};
use crate::preparation::{Answer, Error, Outcome, Shipment, ShipmentStatus, Stage, Walk};
use crate::schema::{scan_lines, scans, shipment_lines, shipments};
use crate::types::{Quantity, ScanId, ShipmentId};

/// The units that the last scan of a walk counted are to be picked again.
///
/// # Errors
/// [`Error::NothingToUndo`]; [`Error::Step`] when a parcel of it is being packed already.
pub fn undo_pick(act: &mut Act<'_>, walk: Walk) -> Result<Answer, Error> {
    let walked = lock(act, walk)?;
    let (batch, parcel) = walk.ids();
    let last: Option<(ScanId, Quantity)> = scans::table
        .filter(scans::stage.eq(Stage::Pick))
        .filter(scans::outcome.eq(Outcome::Counted))
        .filter(scans::undone_at.is_null())
        .filter(match batch {
            Some(_) => Box::new(scans::batch_id.eq(batch)) as OfWalk,
            None => Box::new(scans::shipment_id.eq(parcel)),
        })
        .order(scans::id.desc())
        .select((scans::id, scans::units))
        .first(act.conn())
        .optional()?;
    let (scan, units) = last.ok_or(Error::NothingToUndo)?;
    reopen(act, scan)?;
    sql!(
        "with counted as (delete from scan_lines where scan_id = :scan returning *)
         update shipment_lines l set picked = l.picked - c.units
         from counted c where l.id = c.shipment_line_id",
        scan: BigInt = scan,
    )
    .execute(act.conn())?;
    diesel::update(scans::table.find(scan))
        .set(scans::undone_at.eq(act.at()))
        .execute(act.conn())?;
    walked.tell(act)?;
    let words = format!("Taken back: {units}. Put them where they were.");
    Ok(Answer::of(Outcome::Opened, words))
}

type OfWalk = Box<
    dyn diesel::BoxableExpression<
            scans::table,
            diesel::pg::Pg,
            SqlType = diesel::sql_types::Nullable<diesel::sql_types::Bool>,
        >,
>;

/// Parcels that were picked by it are to be picked again, unless somebody packs them.
fn reopen(act: &mut Act<'_>, scan: ScanId) -> Result<(), Error> {
    let parcels: Vec<ShipmentId> = scan_lines::table
        .inner_join(shipment_lines::table)
        .filter(scan_lines::scan_id.eq(scan))
        .select(shipment_lines::shipment_id)
        .distinct()
        .load(act.conn())?;
    let parcels: Vec<Shipment> = Shipment::query()
        .filter(shipments::id.eq_any(parcels))
        .order(shipments::id)
        .for_no_key_update()
        .load(act.conn())?;
    let mut picked = Vec::new();
    for parcel in parcels {
        match parcel.status {
            ShipmentStatus::ToPick => {}
            ShipmentStatus::Picked if parcel.packer_id.is_none() => picked.push(parcel.id),
            _ => return Err(parcel.refuses(ShipmentStatus::ToPick)),
        }
    }
    diesel::update(shipments::table.filter(shipments::id.eq_any(picked)))
        .set((
            shipments::status.eq(ShipmentStatus::ToPick),
            shipments::picked_at.eq(None::<chrono::DateTime<chrono::Utc>>),
        ))
        .execute(act.conn())?;
    Ok(())
}
