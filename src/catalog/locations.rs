//! Locations, as everybody reads them. Written by the actions of `inventory` only.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::schema::locations;
use crate::types::{LocationId, Quantity, RecordRef, WarehouseId, text_enum};

text_enum! {
    /// What a location is for.
    LocationKind {
        /// Where goods arrive; they can be picked there, too.
        Dock = "dock", "Dock";
        /// Where goods are kept.
        Shelf = "shelf", "Shelf";
        /// Where parcels are packed.
        Packing = "packing", "Packing";
        /// What lies there is not usable, and not on hand.
        Quarantine = "quarantine", "Quarantine";
    }
}

impl LocationKind {
    /// Whether what lies there is on hand.
    pub const fn is_usable(self) -> bool {
        !matches!(self, Self::Quarantine)
    }
}

text_enum! {
    /// Which bins parcels take their units from first.
    PickBy {
        /// Those that are passed first.
        Walk = "walk", "The order of the walk";
        /// Those with the fewest units left, so that they become empty.
        Emptying = "emptying", "Smallest remainders first";
        /// Those that were filled first.
        FirstIn = "first_in", "First in, first out";
    }
}

/// A bin: where in a warehouse goods lie.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = locations)]
pub struct Location {
    pub id: LocationId,
    pub warehouse_id: WarehouseId,
    /// What stands on it; unique in its warehouse, upper case.
    pub code: String,
    /// What a scanner reads off it; unique.
    pub barcode: String,
    pub kind: LocationKind,
    /// A part of the warehouse; may be empty.
    pub zone: String,
    /// Its place in the walk: the lowest is passed first.
    pub walk: i32,
    /// Units it is made for; `None`: not said. More can lie there.
    pub capacity: Option<Quantity>,
    /// Whether goods may be put there.
    pub is_active: bool,
    /// Since when it is known.
    pub created_at: DateTime<Utc>,
    /// Raised by every edit.
    pub version: i32,
}

impl Location {
    /// For what speaks of records of any kind.
    pub const fn record(&self) -> RecordRef {
        RecordRef::Location(self.id)
    }

    pub fn path(&self) -> String {
        self.record().path()
    }

    /// Whether somebody means it who types or scans this.
    pub fn is_called(&self, text: &str) -> bool {
        self.code == text.to_uppercase() || self.barcode == text
    }

    /// Whether goods that are on hand may be put there.
    pub const fn takes_goods(&self) -> bool {
        self.is_active && self.kind.is_usable()
    }
}

/// The bin of a warehouse with this code or barcode, as somebody types or scans it.
pub fn bin_called(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    text: &str,
) -> QueryResult<Option<Location>> {
    let text = text.trim();
    Location::query()
        .filter(locations::warehouse_id.eq(warehouse))
        .filter(
            locations::code
                .eq(text.to_uppercase())
                .or(locations::barcode.eq(text)),
        )
        .first(conn)
        .optional()
}

/// The first active bin of a warehouse whose goods are not usable; `None`: there is none.
pub fn quarantine_of(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
) -> QueryResult<Option<Location>> {
    Location::query()
        .filter(locations::warehouse_id.eq(warehouse))
        .filter(locations::kind.eq(LocationKind::Quarantine))
        .filter(locations::is_active)
        .order((locations::walk, locations::code))
        .first(conn)
        .optional()
}

/// The bins of a warehouse that are called by one of many codes or barcodes, in one statement.
pub fn bins_called(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    texts: &[&str],
) -> QueryResult<Vec<Location>> {
    let codes: Vec<String> = texts.iter().map(|text| text.to_uppercase()).collect();
    Location::query()
        .filter(locations::warehouse_id.eq(warehouse))
        .filter(
            locations::code
                .eq_any(codes)
                .or(locations::barcode.eq_any(texts)),
        )
        .load(conn)
}
