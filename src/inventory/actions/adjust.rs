//! Somebody counts, and the books are wrong.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::catalog;
use crate::inventory::Error;
use crate::schema::movements;
use crate::stock::{self, Cause, CauseKind, MoveReason, Outcome, Place, Reach};
use crate::types::{Change, MovementId, UserId};

/// The reasons a person may give for a correction.
pub const REASONS: [MoveReason; 3] = [MoveReason::Adjustment, MoveReason::Count, MoveReason::Scrap];

/// A correction of what lies somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdjustInput {
    /// Where, and of what.
    pub place: Place,
    /// How many units more or fewer.
    pub change: Change,
    /// One of [`REASONS`].
    pub reason: MoveReason,
    /// Why, in words.
    pub note: String,
}

/// Corrects what lies somewhere. Units that come go to the orders that wait; units that are gone
/// are lost by the last in the queue. The movement says so, and so does the outcome.
///
/// # Errors
/// [`Error::Archived`], [`Error::NotActive`], [`Error::ScrapLeaves`], [`Error::NoReason`], and
/// those of the books: more leaves than lies there outside of parcels.
pub fn adjust(
    conn: &mut PgConnection,
    input: &AdjustInput,
    user: UserId,
    at: DateTime<Utc>,
) -> Result<(MovementId, Outcome), Error> {
    if !REASONS.contains(&input.reason) {
        return Err(Error::NoReason);
    }
    let comes = input.change.get() > 0;
    if comes && input.reason == MoveReason::Scrap {
        return Err(Error::ScrapLeaves);
    }
    let product = catalog::product(conn, input.place.product)?;
    if comes && product.is_archived() {
        return Err(Error::Archived(product.sku));
    }
    let warehouse = catalog::warehouse(conn, input.place.warehouse)?;
    if comes && !warehouse.is_active {
        return Err(Error::NotActive(warehouse.name));
    }

    let cause = Cause::at(CauseKind::Adjustment, Some(user), at).because(&input.note);
    let ((), outcome) = stock::change(conn, Reach::everyone([input.place]), &cause, |books| {
        books.adjust(input.place, input.change, input.reason, &input.note)?;
        Ok::<_, Error>(())
    })?;
    // The place stays locked until the transaction ends: nobody else moved anything there since.
    let movement = movements::table
        .filter(movements::product_id.eq(input.place.product))
        .order(movements::id.desc())
        .select(movements::id)
        .first(conn)?;
    Ok((movement, outcome))
}
