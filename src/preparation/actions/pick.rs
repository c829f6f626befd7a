//! The steps of a parcel inside the warehouse.

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::left_out::{LeftOut, leave_out};
use super::step::Step;
use crate::db::{Act, announce, sql};
use crate::preparation::queries::{self, Stop};
use crate::preparation::{Error, Shipment, ShipmentStatus, ShortReason, Walk};
use crate::sales;
use crate::schema::{shipment_lines, shipments};
use crate::stock::{self, Cause, CauseKind, Happening};
use crate::types::{Event, LocationId, OrderLineId, Quantity, ShipmentId, ShipmentLineId};

/// Its units were taken off the shelves.
///
/// # Errors
/// [`Error::Step`] when it is not to be picked any more.
pub fn mark_picked(act: &mut Act<'_>, shipment: ShipmentId) -> Result<Shipment, Error> {
    let to = ShipmentStatus::Picked;
    let marked = diesel::update(shipments::table.find(shipment))
        .filter(shipments::status.eq(ShipmentStatus::ToPick))
        .set(Step::to(to, act.at()))
        .returning(Shipment::as_returning())
        .get_result(act.conn())
        .optional()?;
    // No row was changed: somebody was first, or the step is not one of the table.
    let Some(parcel) = marked else {
        let parcel: Shipment = Shipment::query().find(shipment).first(act.conn())?;
        return Err(parcel.refuses(to));
    };
    sql!(
        "update shipment_lines set picked = quantity where shipment_id = :parcel and picked < quantity",
        parcel: BigInt = shipment,
    )
    .execute(act.conn())?;
    act.note(parcel.record(), &Event::ParcelPicked)?;
    let mut topics = parcel.topics();
    topics.extend(parcel.batch_id.map(|batch| format!("batch:{batch}")));
    announce(act, &topics)?;
    Ok(parcel)
}

/// The parcel takes units of a line from another bin than was chosen for it.
#[derive(Debug, Clone, Copy)]
pub struct OtherBin {
    pub line: OrderLineId,
    pub from: LocationId,
    pub to: LocationId,
    pub quantity: Quantity,
}

/// A picker finds units somewhere else, or the bin empty: they are held there, instead.
///
/// # Errors
/// [`Error::NotToPick`] when its units were taken off the shelves already, or are not of this parcel;
/// [`Error::NotLeft`] when fewer are left to take out of that bin; those of stock when the other bin has fewer that no
/// parcel takes.
pub fn pick_elsewhere(
    act: &mut Act<'_>,
    shipment: ShipmentId,
    other: OtherBin,
) -> Result<Shipment, Error> {
    let parcel = to_pick(act, shipment, other.line)?;
    let stops = queries::stops(act, Walk::Parcel(shipment), None)?;
    let left = stops.iter().filter(|stop| stop.order_line == other.line);
    let left = left
        .filter(|stop| stop.bin_id == Some(other.from))
        .map(Stop::left)
        .sum();
    if other.quantity > left {
        return Err(Error::NotLeft(left));
    }
    let elsewhere = Happening::HoldElsewhere {
        line: other.line,
        from: other.from,
        to: other.to,
        quantity: other.quantity,
    };
    stock::change(act, &Cause::of(CauseKind::Preparation), &[elsewhere])?;
    announce(act, &parcel.topics())?;
    Ok(parcel)
}

/// A picker finds fewer units of a line than the books say: the parcel takes so many less, and where they should
/// lie is to be counted. Answers with what is to be put back, in words.
///
/// # Errors
/// [`Error::NotToPick`] when its units were taken off the shelves already, or are not of this parcel;
/// [`Error::NotLeft`] when fewer are left to pick.
pub fn report_line_short(
    act: &mut Act<'_>,
    (shipment, line): (ShipmentId, OrderLineId),
    units: Quantity,
    reason: ShortReason,
) -> Result<(Shipment, String), Error> {
    let parcel = to_pick(act, shipment, line)?;
    let (line, quantity, picked): (ShipmentLineId, Quantity, Quantity) = shipment_lines::table
        .filter(shipment_lines::shipment_id.eq(shipment))
        .filter(shipment_lines::order_line_id.eq(line))
        .select((
            shipment_lines::id,
            shipment_lines::quantity,
            shipment_lines::picked,
        ))
        .first(act.conn())?;
    let left = quantity.less(picked);
    if units > left {
        return Err(Error::NotLeft(left));
    }
    let less = LeftOut {
        line,
        bin: None,
        units,
    };
    let words = leave_out(act, &[less], reason)?;
    Ok((parcel, words))
}

/// A parcel whose units of a line lie on the shelves, kept from others with its order.
fn to_pick(act: &mut Act<'_>, shipment: ShipmentId, line: OrderLineId) -> Result<Shipment, Error> {
    let seen: Shipment = Shipment::query().find(shipment).first(act.conn())?;
    sales::lock_unclosed(act, seen.order_id)?;
    let parcel: Shipment = Shipment::query()
        .find(shipment)
        .for_update()
        .first(act.conn())?;
    let of_parcel = shipment_lines::table
        .filter(shipment_lines::shipment_id.eq(shipment))
        .filter(shipment_lines::order_line_id.eq(line));
    let is_of_parcel: bool = diesel::select(exists(of_parcel)).get_result(act.conn())?;
    if parcel.status != ShipmentStatus::ToPick || !is_of_parcel {
        return Err(Error::NotToPick(parcel.number));
    }
    Ok(parcel)
}
