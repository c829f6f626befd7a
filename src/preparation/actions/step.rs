//! What a step of a parcel writes.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::preparation::{Departure, ShipmentStatus};
use crate::schema::shipments;
use crate::types::CarrierId;

/// Where a parcel is from now on; what is none stays as it is.
#[derive(AsChangeset)]
#[diesel(table_name = shipments)]
pub struct Step<'a> {
    status: ShipmentStatus,
    picked_at: Option<DateTime<Utc>>,
    packed_at: Option<DateTime<Utc>>,
    shipped_at: Option<DateTime<Utc>>,
    cancelled_at: Option<DateTime<Utc>>,
    carrier: Option<&'a str>,
    carrier_id: Option<CarrierId>,
    tracking_number: Option<&'a str>,
}

impl<'a> Step<'a> {
    pub fn to(status: ShipmentStatus, at: DateTime<Utc>) -> Self {
        let when = |step| (status == step).then_some(at);
        Self {
            status,
            picked_at: when(ShipmentStatus::Picked),
            packed_at: when(ShipmentStatus::Packed),
            shipped_at: when(ShipmentStatus::Shipped),
            cancelled_at: when(ShipmentStatus::Cancelled),
            carrier: None,
            carrier_id: None,
            tracking_number: None,
        }
    }

    /// The way it leaves by, with one of our carriers or with anybody.
    pub fn by(self, departure: &'a Departure, carrier: Option<CarrierId>) -> Self {
        Self {
            carrier_id: carrier,
            carrier: Some(&departure.carrier),
            tracking_number: Some(&departure.tracking_number),
            ..self
        }
    }
}
