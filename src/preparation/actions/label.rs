//! A parcel gets its carrier and its number before it leaves.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::locking::lock;
use super::way::{Carriers, Way};
use crate::db::{Act, set_based};
use crate::preparation::{Departure, Error, Shipment, ShipmentStatus, queries};
use crate::types::{Event, RecordRef, ShipmentId};

/// Says who is to carry a parcel, and under which number; it may have none yet.
///
/// # Errors
/// [`Error::Step`] when it left or was given back; [`Error::NotItsTracking`] of its carrier;
/// [`Error::NumberTaken`] by another parcel.
pub fn label(
    act: &mut Act<'_>,
    shipment: ShipmentId,
    departure: &Departure,
) -> Result<Shipment, Error> {
    let parcel = lock(act, shipment, ShipmentStatus::Shipped)?;
    let way = Carriers::load(act)?.intend(departure.clone())?;
    let now = act.at();
    queries::numbers_in_use(act, &[&way.departure], now)?.give_to(&parcel, &way.departure)?;
    label_all(act, &[(shipment, way)])?;
    Ok(Shipment::query().find(shipment).first(act.conn())?)
}

/// Says it of several that are under way; how many are.
pub(super) fn label_all(act: &mut Act<'_>, ways: &[(ShipmentId, Way)]) -> QueryResult<usize> {
    let labelled = set_based!(
        "update shipments s set carrier = u.carrier, carrier_id = u.carrier_id,
           tracking_number = u.tracking
         from :rows where s.id = u.id and s.status in ('to_pick', 'picked', 'packed')",
        ways, |(shipment, way)|
        id: BigInt = *shipment,
        carrier: Text = way.departure.carrier.as_str(),
        carrier_id: Nullable<BigInt> = way.carrier,
        tracking: Text = way.departure.tracking_number.as_str()
    )
    .execute(act.conn())?;
    let events = ways.iter().map(|(shipment, way)| {
        let labelled = Event::ParcelLabelled {
            carrier: way.departure.carrier.clone(),
            tracking: way.departure.tracking_number.clone(),
        };
        (RecordRef::Shipment(*shipment), labelled)
    });
    act.note_each(&events.collect::<Vec<_>>())?;
    Ok(labelled)
}
