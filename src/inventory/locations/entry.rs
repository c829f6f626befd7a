//! A location as it is to be, and what may be said of it.

use crate::catalog::{Location, LocationKind};
use crate::types::{Quantity, optional};

/// The highest place in a walk.
pub const FURTHEST: i32 = 1_000_000;
/// From one place in the walk to the next, so that others fit between.
pub const STEP: i32 = 10;

/// A location as it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub code: String,
    pub barcode: String,
    pub kind: LocationKind,
    pub zone: String,
    pub walk: i32,
    pub capacity: Option<Quantity>,
    pub is_active: bool,
}

impl From<&Location> for Entry {
    fn from(location: &Location) -> Self {
        Self {
            code: location.code.clone(),
            barcode: location.barcode.clone(),
            kind: location.kind,
            zone: location.zone.clone(),
            walk: location.walk,
            capacity: location.capacity,
            is_active: location.is_active,
        }
    }
}

impl Entry {
    /// What is said of it: label, and the words.
    pub(super) fn facts(&self) -> [(&'static str, String); 6] {
        let capacity = self
            .capacity
            .map_or_else(|| "not said".into(), |units| units.to_string());
        let state = if self.is_active { "in use" } else { "archived" };
        [
            ("Barcode", self.barcode.clone()),
            ("Kind", self.kind.label().into()),
            (
                "Zone",
                if self.zone.is_empty() {
                    "none".into()
                } else {
                    self.zone.clone()
                },
            ),
            ("Walk", self.walk.to_string()),
            ("Capacity", capacity),
            ("State", state.into()),
        ]
    }
}

/// The next place in a walk, if there is one.
pub fn next_place(last: i32) -> Option<i32> {
    Some((last / STEP + 1) * STEP).filter(|place| *place <= FURTHEST)
}

/// A place in the walk, as somebody types it.
///
/// # Errors
/// A sentence for the reader.
pub fn walk(text: &str) -> Result<i32, String> {
    match text.trim().parse() {
        Ok(place) if (0..=FURTHEST).contains(&place) => Ok(place),
        _ => Err("Walk: enter a whole number from 0 to 1,000,000.".into()),
    }
}

/// Units a location is made for; empty: not said.
///
/// # Errors
/// A sentence for the reader.
pub fn capacity(text: &str) -> Result<Option<Quantity>, String> {
    optional(text, Quantity::parse_positive)
}
