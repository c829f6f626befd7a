//! Writes what a file says: its levels and its counts, all or none.

use super::reading::{Change, Reading};
use crate::db::Act;
use crate::exchange::Error;
use crate::stock::{self, Cause, CauseKind, Consent, Happening, Limits, MoveReason, Place};
use crate::types::{self, Event, RecordRef};

/// The corrections of stock that a file comes to.
pub fn happenings(reading: &Reading, note: &str) -> Vec<Happening> {
    let counted = reading.changes.iter().filter_map(|change| {
        Some(Happening::Adjust {
            bin: None,
            place: change.place,
            change: difference(change)?,
            reason: MoveReason::Count,
            note: note.to_owned(),
        })
    });
    counted.collect()
}

/// Applies it, in a constant number of statements.
///
/// # Errors
/// [`stock::Error::NotAgreed`] when orders would lose units that nobody agreed to lose, and what
/// the books refuse.
pub fn apply(
    act: &mut Act<'_>,
    reading: &Reading,
    note: &str,
    consent: &Consent,
) -> Result<(), Error> {
    let limits = reading.changes.iter();
    let limits: Vec<(Place, Limits)> = limits
        .filter_map(|change| Some((change.place, change.limits?)))
        .collect();
    stock::set_limits_of_all(act, &limits)?;
    let bins = reading.changes.iter().filter_map(|change| {
        let bin = change.usual_bin.as_ref()?;
        Some((change.place, bin.as_ref().map(|(id, _)| *id)))
    });
    stock::set_usual_bins_of_all(act, &bins.collect::<Vec<_>>())?;
    let counted = happenings(reading, note);
    if !counted.is_empty() {
        let cause = Cause::of(CauseKind::Adjustment).because(note);
        stock::change_if_agreed(act, &cause, &counted, consent)?;
    }
    act.note_each(&events(reading, note))?;
    Ok(())
}

fn events(reading: &Reading, note: &str) -> Vec<(RecordRef, Event)> {
    let mut events = Vec::with_capacity(reading.figures());
    for change in &reading.changes {
        let record = RecordRef::Product(change.place.product);
        if let Some(limits) = change.limits {
            events.push((
                record,
                Event::LevelsSet {
                    warehouse: change.warehouse.clone(),
                    warning: limits.warning_level,
                    ideal: limits.ideal_level,
                },
            ));
        }
        if let Some(bin) = &change.usual_bin {
            let (warehouse, bin) = (change.warehouse.clone(), bin.clone().map(|(_, code)| code));
            events.push((record, Event::UsualBinSet { warehouse, bin }));
        }
        if let Some(change) = difference(change) {
            let note = note.to_owned();
            events.push((record, Event::StockCorrected { change, note }));
        }
    }
    events
}

/// How many units more or fewer were counted.
fn difference(change: &Change) -> Option<types::Change> {
    let (was, counted) = change.counted?;
    Some(types::Change::new(counted.as_i32() - was.as_i32()))
}
