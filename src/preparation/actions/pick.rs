//! The steps of a parcel inside the warehouse.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::db::{announce, history};
use crate::preparation::{Error, Shipment, ShipmentStatus};
use crate::schema::shipments;
use crate::types::{ShipmentId, UserId};

/// Its units were taken off the shelves.
///
/// # Errors
/// [`Error::Step`] when it is not to be picked any more.
pub fn mark_picked(
    conn: &mut PgConnection,
    shipment: ShipmentId,
    user: UserId,
    at: DateTime<Utc>,
) -> Result<Shipment, Error> {
    let picked = diesel::update(shipments::table.find(shipment))
        .filter(shipments::status.eq_any(ShipmentStatus::Picked.before()))
        .set((
            shipments::status.eq(ShipmentStatus::Picked),
            shipments::picked_at.eq(at),
        ))
        .returning(Shipment::as_returning())
        .get_result(conn)
        .optional()?;
    marked(conn, shipment, picked, user, ShipmentStatus::Picked)
}

/// Its units are in a closed parcel.
///
/// # Errors
/// [`Error::Step`] when it is not picked, or packed already.
pub fn mark_packed(
    conn: &mut PgConnection,
    shipment: ShipmentId,
    user: UserId,
    at: DateTime<Utc>,
) -> Result<Shipment, Error> {
    let packed = diesel::update(shipments::table.find(shipment))
        .filter(shipments::status.eq_any(ShipmentStatus::Packed.before()))
        .set((
            shipments::status.eq(ShipmentStatus::Packed),
            shipments::packed_at.eq(at),
        ))
        .returning(Shipment::as_returning())
        .get_result(conn)
        .optional()?;
    marked(conn, shipment, packed, user, ShipmentStatus::Packed)
}

/// No row was changed: somebody was first, or the step is not one of the table.
fn marked(
    conn: &mut PgConnection,
    shipment: ShipmentId,
    changed: Option<Shipment>,
    user: UserId,
    to: ShipmentStatus,
) -> Result<Shipment, Error> {
    let Some(parcel) = changed else {
        let parcel = Shipment::query().find(shipment).first(conn)?;
        return Err(Error::Step {
            number: parcel.number,
            from: parcel.status,
            to,
        });
    };
    history::note(conn, parcel.record(), Some(user), to.label(), "")?;
    announce(conn, &parcel.topics())?;
    Ok(parcel)
}
