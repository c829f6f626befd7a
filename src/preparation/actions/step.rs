//! What a step of a parcel writes.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::preparation::ShipmentStatus;
use crate::schema::shipments;
use crate::types::{ManifestId, UserId};

/// Where a parcel is from now on; what is none stays as it is.
#[derive(AsChangeset)]
#[diesel(table_name = shipments)]
pub struct Step {
    status: ShipmentStatus,
    picked_at: Option<DateTime<Utc>>,
    packed_at: Option<DateTime<Utc>>,
    shipped_at: Option<DateTime<Utc>>,
    cancelled_at: Option<DateTime<Utc>>,
}

impl Step {
    pub fn to(status: ShipmentStatus, at: DateTime<Utc>) -> Self {
        let when = |step| (status == step).then_some(at);
        Self {
            status,
            picked_at: when(ShipmentStatus::Picked),
            packed_at: when(ShipmentStatus::Packed),
            shipped_at: when(ShipmentStatus::Shipped),
            cancelled_at: when(ShipmentStatus::Cancelled),
        }
    }
}

/// Who has a parcel open at a desk, and since when.
#[derive(AsChangeset)]
#[diesel(table_name = shipments, treat_none_as_null = true)]
pub struct OpenAt {
    packer_id: Option<UserId>,
    packing_since: Option<DateTime<Utc>>,
}

impl OpenAt {
    pub const NOBODY: Self = Self {
        packer_id: None,
        packing_since: None,
    };

    pub fn by(packer: Option<UserId>, at: DateTime<Utc>) -> Self {
        Self {
            packer_id: packer,
            packing_since: packer.map(|_| at),
        }
    }
}

/// Where a parcel is again that took a step by mistake: nothing is known of what came after.
#[derive(AsChangeset)]
#[diesel(table_name = shipments, treat_none_as_null = true)]
pub struct Undone {
    status: ShipmentStatus,
    shipped_at: Option<DateTime<Utc>>,
    manifest_id: Option<ManifestId>,
}

impl Undone {
    pub const fn to(status: ShipmentStatus) -> Self {
        Self {
            status,
            shipped_at: None,
            manifest_id: None,
        }
    }
}
