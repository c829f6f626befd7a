//! What leaves with a carrier on a day.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::schema::manifests;
use crate::types::{CarrierId, ManifestId, UserId, WarehouseId};

/// A manifest.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = manifests)]
pub struct Manifest {
    pub id: ManifestId,
    /// What people call it: MA-000123.
    pub number: String,
    pub warehouse_id: WarehouseId,
    /// Of the company.
    pub day: NaiveDate,
    /// As it was called then; empty: nobody said who carries them.
    pub carrier: String,
    /// One of our carriers.
    pub carrier_id: Option<CarrierId>,
    pub created_at: DateTime<Utc>,
    /// When the driver signed: nothing joins it since.
    pub closed_at: Option<DateTime<Utc>>,
    pub closed_by: Option<UserId>,
}

impl Manifest {
    pub fn path(&self) -> String {
        path(self.id)
    }

    pub const fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }

    /// Who carries it, in words.
    pub fn carrier_words(&self) -> &str {
        carrier_words(&self.carrier)
    }
}

/// Where the page of a manifest is.
pub fn path(id: ManifestId) -> String {
    format!("/manifests/{id}")
}

/// Who carries parcels, in words.
pub fn carrier_words(carrier: &str) -> &str {
    match carrier {
        "" => "No carrier",
        carrier => carrier,
    }
}

/// A weight as people read it: `850 g`, `12.4 kg`; nothing where no product of it says one.
pub fn weight_words(grams: i64) -> String {
    match grams {
        ..=0 => String::new(),
        1..1_000 => format!("{grams} g"),
        _ => format!("{}.{} kg", grams / 1_000, grams / 100 % 10),
    }
}
