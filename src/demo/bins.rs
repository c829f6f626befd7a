//! The bins of the main warehouse: where goods arrive, and three aisles of shelves.

use diesel::prelude::*;

use super::mark;
use crate::catalog::LocationKind;
use crate::db::Act;
use crate::error::{Error, Result};
use crate::inventory::{self, LocationInput, Range, RangeInput};
use crate::schema::locations;
use crate::types::{LocationId, Sku, WarehouseId};

/// Aisles: their first and last shelf, and their zone.
const AISLES: [(&str, &str, &str); 3] = [
    ("A-01-01", "A-08-10", "Ground floor"),
    ("B-01-01", "B-08-10", "Ground floor"),
    ("C-01-01", "C-06-10", "Mezzanine"),
];

/// The shelves of a warehouse, in the order of the walk.
pub struct Shelves(Vec<LocationId>);

impl Shelves {
    /// Where a product lies.
    pub fn of(&self, sku: &Sku) -> Option<LocationId> {
        let many = u64::try_from(self.0.len()).unwrap_or(u64::MAX).max(1);
        let at = usize::try_from(mark(sku.as_str()) % many).unwrap_or_default();
        self.0.get(at).copied()
    }
}

/// Lays out a warehouse in which nothing lies yet: from then on every unit lies in a bin.
pub fn lay_out(act: &mut Act<'_>, warehouse: WarehouseId) -> Result<Shelves> {
    let one = |code: &str, kind| LocationInput {
        code: code.to_owned(),
        barcode: None,
        kind,
        zone: String::new(),
        walk: None,
        capacity: None,
        is_active: true,
    };
    let dock = inventory::add_location(act, warehouse, &one("DOCK", LocationKind::Dock))?;
    for (first, last, zone) in AISLES {
        let aisle = RangeInput {
            range: Range::parse(first, last).map_err(Error::Failure)?,
            kind: LocationKind::Shelf,
            zone: zone.to_owned(),
            capacity: None,
            serpentine: true,
            skip_existing: false,
        };
        inventory::add_range(act, warehouse, &aisle)?;
    }
    inventory::add_location(act, warehouse, &one("PACK-1", LocationKind::Packing))?;
    inventory::add_location(act, warehouse, &one("QUARANTINE", LocationKind::Quarantine))?;
    inventory::use_locations(act, warehouse, dock.id)?;
    let shelves = locations::table
        .filter(locations::warehouse_id.eq(warehouse))
        .filter(locations::kind.eq(LocationKind::Shelf))
        .order(locations::walk)
        .select(locations::id)
        .load(act.conn())?;
    Ok(Shelves(shelves))
}
