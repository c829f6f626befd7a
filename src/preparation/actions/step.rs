//! What a step of a parcel writes.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::preparation::{Departure, ShipmentStatus};
use crate::schema::shipments;

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
            tracking_number: None,
        }
    }

    /// The way it leaves by.
    pub fn by(self, departure: &'a Departure) -> Self {
        Self {
            carrier: Some(&departure.carrier),
            tracking_number: Some(&departure.tracking_number),
            ..self
        }
    }
}
