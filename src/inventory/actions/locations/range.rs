//! Many locations made at once, from one code to another.

use std::collections::HashSet;

use diesel::prelude::*;

use super::many;
use crate::catalog::{LocationKind, Warehouse};
use crate::db::Act;
use crate::inventory::locations::codes;
use crate::inventory::locations::entry::{Entry, next_place};
use crate::inventory::locations::error::Refusal;
use crate::inventory::locations::ranges::Range;
use crate::inventory::{Error, queries};
use crate::types::{Quantity, WarehouseId};

/// A range of locations, and what is said of all of them.
#[derive(Debug, Clone)]
pub struct RangeInput {
    pub range: Range,
    pub kind: LocationKind,
    /// May be empty.
    pub zone: String,
    /// None: not said.
    pub capacity: Option<Quantity>,
    /// Every second aisle is walked past backwards.
    pub serpentine: bool,
    /// Those that are there already are left as they are; otherwise nothing is made.
    pub skip_existing: bool,
}

/// What became of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RangeMade {
    pub made: usize,
    /// Left as they are.
    pub skipped: usize,
}

/// Makes the locations of a range, in the order they are walked past, after the last of the walk.
///
/// # Errors
/// [`Error::NotActive`], [`Refusal::Exist`], [`Refusal::NothingNew`], [`Refusal::WalkTooFar`], and what
/// is refused of their barcodes.
pub fn add_range(
    act: &mut Act<'_>,
    warehouse: WarehouseId,
    input: &RangeInput,
) -> Result<RangeMade, Error> {
    let warehouse = super::lock_active(act, warehouse)?;
    let codes = input.range.walked(input.serpentine);
    let existing = queries::codes_known(act, warehouse.id, &codes)?;
    if !existing.is_empty() && !input.skip_existing {
        return Err(Refusal::Exist(queries::in_words(&existing)).into());
    }
    if existing.len() == codes.len() {
        return Err(Refusal::NothingNew.into());
    }
    let skipped = existing.len();
    let existing: HashSet<String> = existing.into_iter().collect();
    let new = codes.into_iter().filter(|code| !existing.contains(code));
    let entries = entries(act, &warehouse, input, new.collect())?;
    let barcodes: Vec<String> = entries.iter().map(|entry| entry.barcode.clone()).collect();
    super::refuse_if_of_products(act, &barcodes)?;
    many::insert(act, warehouse.id, &entries)?;
    Ok(RangeMade {
        made: entries.len(),
        skipped,
    })
}

fn entries(
    conn: &mut PgConnection,
    warehouse: &Warehouse,
    input: &RangeInput,
    codes: Vec<String>,
) -> Result<Vec<Entry>, Error> {
    let mut last = queries::last_of_walk(conn, warehouse.id)?;
    let entries = codes.into_iter().map(|code| {
        last = next_place(last).ok_or(Refusal::WalkTooFar)?;
        let barcode = codes::usual_barcode(warehouse, &code).map_err(Refusal::NoUsualBarcode)?;
        Ok(Entry {
            code,
            barcode,
            kind: input.kind,
            zone: input.zone.clone(),
            walk: last,
            capacity: input.capacity,
            is_active: true,
        })
    });
    entries.collect()
}
