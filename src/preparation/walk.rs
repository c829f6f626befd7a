//! What is picked at once.

use std::str::FromStr;

use serde::{Deserialize, Deserializer};

use crate::types::{BatchId, ShipmentId};

/// What is picked in one walk along the shelves, written `batch-12` or `parcel-34`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walk {
    /// The parcels of a batch.
    Batch(BatchId),
    /// A parcel by itself.
    Parcel(ShipmentId),
}

impl Walk {
    /// Of the batch, or of the parcel.
    pub const fn ids(self) -> (Option<BatchId>, Option<ShipmentId>) {
        match self {
            Self::Batch(batch) => (Some(batch), None),
            Self::Parcel(parcel) => (None, Some(parcel)),
        }
    }

    /// Where it is walked.
    pub fn path(self) -> String {
        match self {
            Self::Batch(batch) => format!("/walks/batch-{batch}"),
            Self::Parcel(parcel) => format!("/walks/parcel-{parcel}"),
        }
    }

    /// What open pages that show it listen to.
    pub fn topic(self) -> String {
        match self {
            Self::Batch(batch) => format!("batch:{batch}"),
            Self::Parcel(parcel) => format!("parcel:{parcel}"),
        }
    }
}

impl FromStr for Walk {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let walk = match text.split_once('-') {
            Some(("batch", id)) => id.parse().ok().map(Self::Batch),
            Some(("parcel", id)) => id.parse().ok().map(Self::Parcel),
            _ => None,
        };
        walk.ok_or("a walk is of a batch or of a parcel")
    }
}

impl<'de> Deserialize<'de> for Walk {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
