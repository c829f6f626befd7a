//! The steps of a parcel inside the warehouse.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::step::Step;
use crate::db::{Act, announce};
use crate::preparation::{Error, Shipment, ShipmentStatus};
use crate::sales;
use crate::schema::{shipment_lines, shipments};
use crate::stock::{self, Cause, CauseKind, Happening};
use crate::types::{Event, LocationId, OrderLineId, Quantity, ShipmentId};

/// Its units were taken off the shelves.
///
/// # Errors
/// [`Error::Step`] when it is not to be picked any more.
pub fn mark_picked(act: &mut Act<'_>, shipment: ShipmentId) -> Result<Shipment, Error> {
    mark(act, shipment, ShipmentStatus::Picked, &Event::ParcelPicked)
}

/// Its units are in a closed parcel.
///
/// # Errors
/// [`Error::Step`] when it is not picked, or packed already.
pub fn mark_packed(act: &mut Act<'_>, shipment: ShipmentId) -> Result<Shipment, Error> {
    mark(act, shipment, ShipmentStatus::Packed, &Event::ParcelPacked)
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
/// those of stock when the other bin has fewer that no parcel takes.
pub fn pick_elsewhere(
    act: &mut Act<'_>,
    shipment: ShipmentId,
    other: OtherBin,
) -> Result<Shipment, Error> {
    let parcel = to_pick(act, shipment, other.line)?;
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

/// A picker finds fewer units of a line than the books say: where they should lie is to be counted.
///
/// # Errors
/// [`Error::NotToPick`] when its units were taken off the shelves already, or are not of this parcel.
pub fn report_short(
    act: &mut Act<'_>,
    shipment: ShipmentId,
    line: OrderLineId,
) -> Result<Shipment, Error> {
    let parcel = to_pick(act, shipment, line)?;
    stock::report_shortage(act, line)?;
    Ok(parcel)
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

fn mark(
    act: &mut Act<'_>,
    shipment: ShipmentId,
    to: ShipmentStatus,
    event: &Event,
) -> Result<Shipment, Error> {
    let marked = diesel::update(shipments::table.find(shipment))
        .filter(shipments::status.eq_any(to.before()))
        .set(Step::to(to, act.at()))
        .returning(Shipment::as_returning())
        .get_result(act.conn())
        .optional()?;
    // No row was changed: somebody was first, or the step is not one of the table.
    let Some(parcel) = marked else {
        let parcel: Shipment = Shipment::query().find(shipment).first(act.conn())?;
        return Err(parcel.refuses(to));
    };
    act.note(parcel.record(), event)?;
    announce(act, &parcel.topics())?;
    Ok(parcel)
}
