//! Somebody counts, and the books are wrong.

use diesel::PgConnection;

use super::kept;
use crate::catalog;
use crate::db::Act;
use crate::inventory::Error;
use crate::stock::{self, Cause, CauseKind, Happening, MoveReason, Place};
use crate::types::{Change, Event, LocationId, MovementId, RecordRef};

/// The reasons a person may give for a correction.
pub const REASONS: [MoveReason; 3] = [MoveReason::Adjustment, MoveReason::Count, MoveReason::Scrap];

/// A correction of what lies somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdjustInput {
    pub place: Place,
    /// Where in it; `None`: the warehouse has no bins, or units are found on the dock, or gone from the
    /// bins that parcels take from first.
    pub bin: Option<LocationId>,
    /// How many units more or fewer.
    pub change: Change,
    /// One of those a person may give.
    pub reason: MoveReason,
    /// Why, in words.
    pub note: String,
}

/// Corrects what lies somewhere. Units that come go to the orders that wait; units that are gone
/// are lost by the last in the queue. The movement says so, and the history of the product.
///
/// # Errors
/// [`Error::IsKit`], [`Error::Archived`], [`Error::NotActive`], [`Error::ScrapLeaves`],
/// [`Error::NoReason`], and those of the books: more leaves than lies there outside of parcels.
pub fn adjust(act: &mut Act<'_>, input: &AdjustInput) -> Result<MovementId, Error> {
    check(act, input)?;
    let cause = Cause::of(CauseKind::Adjustment).because(&input.note);
    let adjusted = Happening::Adjust {
        bin: input.bin,
        place: input.place,
        change: input.change,
        reason: input.reason,
        note: input.note.clone(),
    };
    let outcome = stock::change(act, &cause, &[adjusted])?;
    let movement = outcome.movements.first().copied();
    let movement = movement.ok_or(diesel::NotFound)?;
    let corrected = Event::StockCorrected {
        change: input.change,
        note: input.note.clone(),
    };
    act.note(RecordRef::Product(input.place.product), &corrected)?;
    tracing::info!(%movement, changes = outcome.lines.len(), "stock was corrected");
    Ok(movement)
}

fn check(conn: &mut PgConnection, input: &AdjustInput) -> Result<(), Error> {
    kept::no_kits(conn, &[input.place.product], "correct")?;
    if !REASONS.contains(&input.reason) {
        return Err(Error::NoReason);
    }
    let comes = input.change.get() > 0;
    if comes && input.reason == MoveReason::Scrap {
        return Err(Error::ScrapLeaves);
    }
    if comes {
        check_comes(conn, input.place)?;
    }
    Ok(())
}

/// Units come only of products that are offered, and to warehouses in use.
pub(super) fn check_comes(conn: &mut PgConnection, place: Place) -> Result<(), Error> {
    let product = catalog::product(conn, place.product)?;
    if product.is_archived() {
        return Err(Error::Archived(product.sku));
    }
    let warehouse = catalog::warehouse(conn, place.warehouse)?;
    if !warehouse.is_active {
        return Err(Error::NotActive(warehouse.name));
    }
    Ok(())
}
