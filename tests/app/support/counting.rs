//! Units that are found, or found missing: how goods get into a test without a supplier.

use backfill::db::Act;
use backfill::error::Result;
use backfill::stock::{self, Cause, CauseKind, Happening, MoveReason, Outcome, Place};
use backfill::types::Change;

/// Somebody counts so many units more, or fewer.
pub fn found(place: Place, change: i32) -> Happening {
    Happening::Adjust {
        place,
        change: Change::new(change),
        reason: MoveReason::Adjustment,
        note: "counted".into(),
    }
}

/// The same, at once.
pub fn count(act: &mut Act<'_>, place: Place, change: i32) -> Result<Outcome> {
    let cause = Cause::of(CauseKind::Adjustment);
    Ok(stock::change(act, &cause, &[found(place, change)])?)
}
