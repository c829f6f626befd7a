//! The steps of a parcel inside the warehouse.

use diesel::prelude::*;

use super::step::Step;
use crate::db::{Act, announce};
use crate::preparation::{Error, Shipment, ShipmentStatus};
use crate::schema::shipments;
use crate::types::{Event, ShipmentId};

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
