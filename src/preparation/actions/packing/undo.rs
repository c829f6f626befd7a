//! The last scan into a parcel is taken back.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::must_have_open;
use crate::db::{Act, announce, sql};
use crate::preparation::queries;
use crate::preparation::{Answer, Error, Outcome, Shipment, ShipmentStatus, Stage, Walk};
use crate::schema::{scans, shipments};
use crate::types::ShipmentId;

/// The units that the last scan put into the parcel are out of it again.
///
/// # Errors
/// [`Error::NothingOpen`], [`Error::NothingToUndo`].
pub fn undo_pack(act: &mut Act<'_>, parcel: ShipmentId) -> Result<Answer, Error> {
    let parcel = must_have_open(act, parcel)?;
    let last = queries::last_counted(act, Stage::Pack, Walk::Parcel(parcel.id))?;
    let last = last.ok_or(Error::NothingToUndo)?;
    sql!(
        "with counted as (delete from scan_lines where scan_id = :scan returning *)
         update shipment_lines l set packed = l.packed - c.units
         from counted c where l.id = c.shipment_line_id",
        scan: BigInt = last.scan,
    )
    .execute(act.conn())?;
    diesel::update(scans::table.find(last.scan))
        .set(scans::undone_at.eq(act.at()))
        .execute(act.conn())?;
    reopen(act, &parcel)?;
    let words = format!(
        "Taken back: {} of {}. Take them out of the package.",
        last.units, last.sku
    );
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
