//! The last scan into a parcel is taken back.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::must_have_open;
use crate::db::{Act, announce, sql};
use crate::preparation::{Answer, Error, Outcome, Shipment, ShipmentStatus, Stage};
use crate::schema::{scans, shipments};
use crate::types::{Quantity, ScanId, ShipmentId};

/// The units that the last scan put into the parcel are out of it again.
///
/// # Errors
/// [`Error::NothingOpen`], [`Error::NothingToUndo`].
pub fn undo_pack(act: &mut Act<'_>, parcel: ShipmentId) -> Result<Answer, Error> {
    let parcel = must_have_open(act, parcel)?;
    let last: Option<(ScanId, Quantity)> = scans::table
        .filter(scans::shipment_id.eq(parcel.id))
        .filter(scans::stage.eq(Stage::Pack))
        .filter(scans::outcome.eq(Outcome::Counted))
        .filter(scans::undone_at.is_null())
        .order(scans::id.desc())
        .select((scans::id, scans::units))
        .first(act.conn())
        .optional()?;
    let (scan, units) = last.ok_or(Error::NothingToUndo)?;
    sql!(
        "with counted as (delete from scan_lines where scan_id = :scan returning *)
         update shipment_lines l set packed = l.packed - c.units
         from counted c where l.id = c.shipment_line_id",
        scan: BigInt = scan,
    )
    .execute(act.conn())?;
    diesel::update(scans::table.find(scan))
        .set(scans::undone_at.eq(act.at()))
        .execute(act.conn())?;
    reopen(act, &parcel)?;
    let words = format!("Taken back: {units}. Take them out of the package.");
    Ok(Answer::of(Outcome::Opened, words))
}

/// A parcel that has not all any more is not packed.
pub(super) fn reopen(act: &mut Act<'_>, parcel: &Shipment) -> QueryResult<()> {
    diesel::update(shipments::table.find(parcel.id))
        .filter(shipments::status.eq(ShipmentStatus::Packed))
        .set((
            shipments::status.eq(ShipmentStatus::Picked),
            shipments::packed_at.eq(None::<chrono::DateTime<chrono::Utc>>),
        ))
        .execute(act.conn())?;
    announce(act, &parcel.topics())
}
