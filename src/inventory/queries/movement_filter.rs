//! What the list of movements is narrowed to.

use chrono::{DateTime, Days, Utc};
use serde::{Deserialize, Serialize};

use crate::db::{Key, Keyset, Paging};
use crate::types::{UserId, WarehouseId, Zone, date};

/// What the list of movements is narrowed to, as the URL has it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MovementFilter {
    /// A SKU or a barcode.
    pub product: String,
    /// The id of a warehouse.
    pub warehouse: String,
    /// The code or barcode of a bin they left or came to.
    pub bin: String,
    /// One of [`crate::stock::MoveReason`].
    pub reason: String,
    /// The first day, such as `2026-11-23`.
    pub from: String,
    pub to: String,
    /// The number of a reception or a parcel.
    pub document: String,
    /// The id of who did it.
    pub user: String,
}

impl MovementFilter {
    pub fn warehouse(&self) -> Option<WarehouseId> {
        self.warehouse.parse().ok()
    }

    pub fn user(&self) -> Option<UserId> {
        self.user.parse().ok()
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// From when on, if a first day is named.
    pub(super) fn since(&self, zone: Zone) -> Option<DateTime<Utc>> {
        Some(zone.begin(date(&self.from).ok()?))
    }

    /// Before when, if a last day is named.
    pub(super) fn until(&self, zone: Zone) -> Option<DateTime<Utc>> {
        let last = date(&self.to).ok()?;
        Some(zone.begin(last.checked_add_days(Days::new(1))?))
    }

    /// Newest first: as they were written; of a period by time, which is what narrows them.
    pub(super) fn newest_first(&self, zone: Zone, paging: &Paging) -> Keyset {
        let keys = [Key::moment("m.at"), Key::big("m.id")];
        let keys = match self.since(zone).or(self.until(zone)) {
            Some(_) => &keys[..],
            None => &keys[1..],
        };
        Keyset::new(keys, true, paging)
    }
}
