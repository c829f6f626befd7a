//! What a row of the list of stock says of a product in a warehouse: its levels, the bin it belongs
//! in, and what was counted.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::PgConnection;

use super::adjust::check_comes;
use crate::db::Act;
use crate::inventory::queries::StockListed;
use crate::inventory::{Error, queries};
use crate::stock::{
    self, Cause, CauseKind, Consent, Effects, Happening, Limits, MoveReason, Place,
};
use crate::types::{Change, Event, LocationId, Quantity, RecordRef};

/// Why stock is corrected by it.
const COUNTED: &str = "Counted";

/// What a person says in a row.
#[derive(Debug, Clone)]
pub struct RowEdit {
    pub limits: Limits,
    /// None: it stays as it is.
    pub usual_bin: Option<Option<LocationId>>,
    pub counted: Vec<Counted>,
}

/// Units that somebody counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Where; none: the warehouse has no bins.
    pub bin: Option<LocationId>,
    /// What the books said before.
    pub seen: Quantity,
    pub units: Quantity,
}

/// Writes what a row says over what was there. What was counted is a correction of stock: who waits
/// gets what was found, and the last of the queue lose what is gone, if that was agreed to.
///
/// # Errors
/// [`Error::MovedSince`] when what lies there is neither what was seen nor what was counted,
/// [`Error::CountedLess`] than parcels take, [`Error::OfCount`], [`Error::Archived`],
/// [`Error::NotActive`], [`stock::Error::IdealBelowWarning`], [`stock::Error::NotAgreed`].
pub fn edit_row(
    act: &mut Act<'_>,
    place: Place,
    edit: &RowEdit,
    consent: &Consent,
) -> Result<(), Error> {
    // There is such a place; nobody else changes it from here on.
    let there = queries::stock_at(act, place)?.place();
    stock::hold(act, [there])?;
    let before = queries::stock_at(act, place)?;
    if edit.limits != before.limits() {
        stock::set_limits(act, place, edit.limits)?;
    }
    if let Some(bin) = edit.usual_bin.filter(|bin| *bin != before.usual_bin_id) {
        stock::set_usual_bin(act, place, bin)?;
    }
    let counted = corrections(act, &before, &edit.counted)?;
    if counted.is_empty() {
        return Ok(());
    }
    let happenings: Vec<Happening> = counted.iter().map(|each| each.happening(place)).collect();
    let cause = Cause::of(CauseKind::Adjustment).because(COUNTED);
    let changed = stock::change_if_agreed(act, &cause, &happenings, consent);
    changed.map_err(|why| beside_count(&counted, why))?;
    let record = RecordRef::Product(place.product);
    let events = counted.iter().map(|each| (record, each.event()));
    Ok(act.note_each(&events.collect::<Vec<_>>())?)
}

/// Which orders would gain and which would lose by what was counted.
///
/// # Errors
/// Those of [`edit_row`].
pub fn preview_row(
    conn: &mut PgConnection,
    place: Place,
    counted: &[Counted],
    at: DateTime<Utc>,
) -> Result<Effects, Error> {
    let before = queries::stock_at(conn, place)?;
    let counted = corrections(conn, &before, counted)?;
    let happenings: Vec<Happening> = counted.iter().map(|each| each.happening(place)).collect();
    Ok(stock::preview(conn, at, &happenings)?)
}

/// Units more or fewer than the books say.
struct Correction {
    bin: Option<LocationId>,
    change: Change,
}

impl Correction {
    fn happening(&self, place: Place) -> Happening {
        Happening::Adjust {
            place,
            bin: self.bin,
            change: self.change,
            reason: MoveReason::Count,
            note: COUNTED.to_owned(),
        }
    }

    fn event(&self) -> Event {
        Event::StockCorrected {
            change: self.change,
            note: COUNTED.to_owned(),
        }
    }
}

fn corrections(
    conn: &mut PgConnection,
    before: &StockListed,
    counted: &[Counted],
) -> Result<Vec<Correction>, Error> {
    if counted.is_empty() {
        return Ok(Vec::new());
    }
    let place = before.place();
    // What lies in each bin, and what parcels take of it.
    let mut there: HashMap<Option<LocationId>, (Quantity, Quantity)> = match before.uses_locations {
        true => {
            let bins = queries::bins_of(conn, place)?.into_iter();
            bins.map(|bin| (Some(bin.id), (bin.quantity, bin.held)))
                .collect()
        }
        false => HashMap::from([(None, (before.level.in_books(), Quantity::ZERO))]),
    };
    let mut corrections = Vec::with_capacity(counted.len());
    for Counted { bin, seen, units } in counted.iter().copied() {
        let (now, held) = there.remove(&bin).unwrap_or_default();
        if units == now {
            continue;
        }
        if seen != now {
            return Err(Error::MovedSince { bin, now });
        }
        if units < held {
            return Err(Error::CountedLess { bin, held });
        }
        let change = Change::new(units.as_i32() - now.as_i32());
        corrections.push(Correction { bin, change });
    }
    if corrections.iter().any(|each| each.change.get() > 0) {
        check_comes(conn, place)?;
    }
    Ok(corrections)
}

/// That more is gone than can be stands beside the first box that says so.
fn beside_count(counted: &[Correction], why: stock::Error) -> Error {
    let gone = counted.iter().find(|each| each.change.get() < 0);
    match (why, gone) {
        (why @ stock::Error::NotEnough { .. }, Some(Correction { bin, .. })) => {
            Error::OfCount { bin: *bin, why }
        }
        (why, _) => why.into(),
    }
}
