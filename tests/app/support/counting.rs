//! Units that are found, or found missing: how goods get into a test without a supplier.

use backfill::db::Act;
use backfill::error::Result;
use backfill::stock::{self, Cause, CauseKind, Happening, MoveReason, Outcome, Place};
use backfill::types::Change;

/// Somebody counts so many units more, or fewer.
pub fn counted(place: Place, change: i32) -> Happening {
    noted(place, change, "counted")
}

/// The same, at once.
pub fn count(act: &mut Act<'_>, place: Place, change: i32) -> Result<Outcome> {
    apply(act, counted(place, change))
}

/// Somebody finds units by chance.
pub fn find(act: &mut Act<'_>, place: Place, change: i32) -> Result<Outcome> {
    apply(act, noted(place, change, "found"))
}

fn noted(place: Place, change: i32, note: &str) -> Happening {
    Happening::Adjust {
        bin: None,
        place,
        change: Change::new(change),
        reason: MoveReason::Adjustment,
        note: note.into(),
    }
}

fn apply(act: &mut Act<'_>, happening: Happening) -> Result<Outcome> {
    Ok(stock::change(
        act,
        &Cause::of(CauseKind::Adjustment),
        &[happening],
    )?)
}
