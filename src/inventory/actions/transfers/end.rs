//! What becomes of goods that are under way: they are received, lost, or called back; or they come on
//! another day.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamptz};

use super::{
    beside_line, expected, lines_of, lock, must_be_ahead, must_be_under_way, save, source, target,
    tell, units_of, write_lines,
};
use crate::catalog;
use crate::db::{Act, set_based};
use crate::inventory::{Ending, Error, Transfer, TransferLine, TransferStatus};
use crate::stock::{self, Cause, CauseKind, Effects, Happening};
use crate::types::{Event, Quantity, TransferId, TransferLineId};

/// What became of goods that were under way.
#[derive(Debug, Clone)]
pub struct Ended {
    pub ending: Ending,
    /// Units by line; what is named twice adds up.
    pub lines: Vec<(TransferLineId, Quantity)>,
    /// Why; of goods that are received, what there is to say about them, which may be nothing.
    pub note: String,
}

/// Ends the way of goods. What is received or called back lies on the shelf then, and goes to the
/// orders that wait there in the same transaction; what is lost or called back is promised to nobody
/// any more.
///
/// # Errors
/// [`Error::CannotBe`] unless it is under way, [`Error::NothingNamed`], [`Error::NoSuchLine`],
/// [`Error::MoreThanUnderWay`], [`Error::OfTransferLine`].
pub fn end_transfer(act: &mut Act<'_>, id: TransferId, ended: &Ended) -> Result<Transfer, Error> {
    let mut transfer = lock(act, id)?;
    must_be_under_way(&transfer, ended.ending.participle())?;
    let mut lines = lines_of(act, &transfer)?;
    let parts = take(&transfer, &mut lines, ended)?;
    write_lines(act, &lines)?;
    if ended.ending == Ending::Lost {
        keep_losses(act, &parts, &ended.note)?;
    }
    let cause = Cause::of(CauseKind::Transfer).because(match ended.ending {
        Ending::Received => transfer.number.clone(),
        Ending::Lost | Ending::CalledBack => format!("{}: {}", transfer.number, ended.note),
    });
    let happenings = happenings(&transfer, ended.ending, &parts);
    let changed = stock::change(act, &cause, &happenings);
    changed.map_err(|why| beside_line(&transfer, &lines, why))?;
    transfer.status = status_of(&lines);
    save(act, &mut transfer)?;
    let event = event(act, ended, &parts)?;
    tell(act, &transfer, &event)?;
    Ok(transfer)
}

/// Which orders would gain and which would wait longer by it.
///
/// # Errors
/// Those of [`end_transfer`].
pub fn preview_ended(
    conn: &mut PgConnection,
    id: TransferId,
    ended: &Ended,
    at: DateTime<Utc>,
) -> Result<Effects, Error> {
    let transfer = Transfer::query().find(id).first(conn)?;
    must_be_under_way(&transfer, ended.ending.participle())?;
    let mut lines = lines_of(conn, &transfer)?;
    let parts = take(&transfer, &mut lines, ended)?;
    let happenings = happenings(&transfer, ended.ending, &parts);
    Ok(stock::preview(conn, at, &happenings)?)
}

/// Lines of which units are under way no more, as they are then, with the units.
type Parts = Vec<(TransferLine, Quantity)>;

fn take(transfer: &Transfer, lines: &mut [TransferLine], ended: &Ended) -> Result<Parts, Error> {
    let mut units: BTreeMap<TransferLineId, Quantity> = BTreeMap::new();
    for (line, quantity) in ended.lines.iter().filter(|(_, units)| !units.is_zero()) {
        *units.entry(*line).or_default() += *quantity;
    }
    if units.is_empty() {
        return Err(Error::NothingNamed);
    }
    let mut parts = Parts::with_capacity(units.len());
    for line in lines {
        let Some(quantity) = units.remove(&line.id) else {
            continue;
        };
        if quantity > line.under_way() {
            return Err(Error::MoreThanUnderWay {
                line: line.id,
                under_way: line.under_way(),
            });
        }
        line.end(ended.ending, quantity);
        parts.push((line.clone(), quantity));
    }
    if units.is_empty() {
        Ok(parts)
    } else {
        Err(Error::NoSuchLine(transfer.number.clone()))
    }
}

fn happenings(transfer: &Transfer, ending: Ending, parts: &Parts) -> Vec<Happening> {
    let still = parts
        .iter()
        .filter_map(|(line, _)| expected(transfer, line));
    let (place, arrives): (fn(&Transfer, &TransferLine) -> _, bool) = match ending {
        Ending::Lost => return still.collect(),
        Ending::Received => (target, true),
        Ending::CalledBack => (source, false),
    };
    let lie = parts.iter().map(|(line, quantity)| {
        let (place, quantity, transfer) = (place(transfer, line), *quantity, transfer.id);
        if arrives {
            let line = line.id;
            Happening::Arrive {
                line,
                place,
                quantity,
                transfer,
            }
        } else {
            Happening::ComeBack {
                place,
                quantity,
                transfer,
            }
        }
    });
    if arrives {
        lie.collect()
    } else {
        lie.chain(still).collect()
    }
}

fn keep_losses(act: &mut Act<'_>, parts: &Parts, reason: &str) -> QueryResult<()> {
    let (by, at) = (act.by(), act.at());
    set_based!(
        "insert into transfer_losses (transfer_line_id, quantity, reason, user_id, at)
         select u.line, u.units, :reason, :by, :now from :rows",
        parts, |(line, units)| line: BigInt = line.id, units: Integer = *units;
        reason: Text = reason, by: Nullable<BigInt> = by, now: Timestamptz = at
    )
    .execute(act.conn())?;
    Ok(())
}

fn status_of(lines: &[TransferLine]) -> TransferStatus {
    let nothing_under_way = lines.iter().all(|line| line.under_way().is_zero());
    let something_came = lines.iter().any(|line| !line.received.is_zero());
    match (nothing_under_way, something_came) {
        (true, true) => TransferStatus::Received,
        (true, false) => TransferStatus::Cancelled,
        (false, true) => TransferStatus::PartlyReceived,
        (false, false) => TransferStatus::Sent,
    }
}

fn event(conn: &mut PgConnection, ended: &Ended, parts: &Parts) -> QueryResult<Event> {
    let units = parts.iter().map(|(line, units)| (line.product_id, *units));
    let (units, note) = (units_of(conn, units)?, ended.note.clone());
    Ok(match ended.ending {
        Ending::Received => Event::TransferReceived { units, note },
        Ending::Lost => Event::TransferLost {
            units,
            reason: note,
        },
        Ending::CalledBack => Event::TransferCalledBack {
            units,
            reason: note,
        },
    })
}

/// Has what is under way arrive on another day; every date that depends on it moves.
///
/// # Errors
/// [`Error::CannotBe`] unless it is under way, [`Error::DayIsOver`].
pub fn expect_transfer(
    act: &mut Act<'_>,
    id: TransferId,
    day: NaiveDate,
    reason: &str,
) -> Result<Transfer, Error> {
    let mut transfer = lock(act, id)?;
    must_be_under_way(&transfer, "expected on another day")?;
    must_be_ahead(day, catalog::today(act)?)?;
    transfer.expected_on = Some(day);
    save(act, &mut transfer)?;
    let lines = lines_of(act, &transfer)?;
    let cause = Cause::of(CauseKind::Transfer).because(match reason {
        "" => transfer.number.clone(),
        reason => format!("{}: {reason}", transfer.number),
    });
    stock::change(act, &cause, &all_expected(&transfer, &lines))?;
    let reason = reason.to_owned();
    tell(act, &transfer, &Event::TransferExpected { day, reason })?;
    Ok(transfer)
}

/// Which orders would wait longer, or shorter, by it.
///
/// # Errors
/// Those of the database.
pub fn preview_expected(
    conn: &mut PgConnection,
    id: TransferId,
    day: NaiveDate,
    at: DateTime<Utc>,
) -> Result<Effects, Error> {
    let mut transfer = Transfer::query().find(id).first(conn)?;
    if !transfer.status.is_under_way() {
        return Ok(Effects::default());
    }
    transfer.expected_on = Some(day);
    let lines = lines_of(conn, &transfer)?;
    Ok(stock::preview(conn, at, &all_expected(&transfer, &lines))?)
}

fn all_expected(transfer: &Transfer, lines: &[TransferLine]) -> Vec<Happening> {
    let lines = lines.iter().filter(|line| !line.under_way().is_zero());
    lines.filter_map(|line| expected(transfer, line)).collect()
}
