//! A count ends: the books follow what was found, or it is given up.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::{lock, tell};
use crate::db::{Act, sql};
use crate::inventory::queries::{Differing, differing, settled_by, totals_of};
use crate::inventory::{Count, CountStatus, CountTotals, Error};
use crate::schema::counts;
use crate::stock::{self, Cause, CauseKind, Effects, Happening, Place};
use crate::types::{CountId, Event, Quantity};

/// How a count is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applying {
    /// Lines that should be counted once more are believed.
    pub doubtful_too: bool,
}

/// Corrects the books by what each counted line differs by, in the moment it was scanned: what moved
/// since is true as well. A shortage is taken from the tail of the queue, never from a parcel; a
/// surplus serves those who wait. Lines that nobody counted stay as they are.
///
/// # Errors
/// [`Error::CountClosed`], [`Error::NothingCounted`], [`Error::Doubtful`], [`Error::InParcels`].
pub fn apply_count(act: &mut Act<'_>, id: CountId, how: Applying) -> Result<Count, Error> {
    let count = lock(act, id)?;
    let totals = totals_of(act, id)?;
    if totals.counted == 0 {
        return Err(Error::NothingCounted);
    }
    let lines = differing(act, id)?;
    check(&lines, how)?;
    let cause = Cause::of(CauseKind::Count).because(&count.number);
    let happenings = happenings(act, id, &lines, Some(id))?;
    let outcome = stock::change(act, &cause, &happenings)?;
    tracing::info!(count = %count.number, changes = outcome.lines.len(), "a count was applied");
    let count = close(act, &count, CountStatus::Applied, totals)?;
    let units = |units: i64| Quantity::new(u32::try_from(units).unwrap_or(u32::MAX));
    let applied = Event::CountApplied {
        lines: lines.len(),
        more: units(totals.more),
        fewer: units(totals.fewer),
    };
    tell(act, &count, &applied)?;
    Ok(count)
}

/// Which orders would gain and which would become short by it.
///
/// # Errors
/// [`Error::InParcels`], and those of the database.
pub fn preview_count(
    conn: &mut PgConnection,
    id: CountId,
    at: DateTime<Utc>,
) -> Result<Effects, Error> {
    let lines = differing(conn, id)?;
    let believed = Applying { doubtful_too: true };
    check(&lines, believed)?;
    let happenings = happenings(conn, id, &lines, None)?;
    Ok(stock::preview(conn, at, &happenings)?)
}

/// Gives a count up: the books stay as they are.
///
/// # Errors
/// [`Error::CountClosed`].
pub fn cancel_count(act: &mut Act<'_>, id: CountId, reason: &str) -> Result<Count, Error> {
    let count = lock(act, id)?;
    let totals = totals_of(act, id)?;
    let count = close(act, &count, CountStatus::Cancelled, totals)?;
    let reason = reason.to_owned();
    tell(act, &count, &Event::Cancelled { reason })?;
    Ok(count)
}

fn check(lines: &[Differing], how: Applying) -> Result<(), Error> {
    let stuck = lines.iter().filter(|line| line.is_stuck());
    let stuck: Vec<_> = stuck.map(Differing::refusal).collect();
    if !stuck.is_empty() {
        return Err(Error::InParcels(stuck));
    }
    let doubtful = lines.iter().filter(|line| line.doubt.is_some()).count();
    match doubtful {
        0 => Ok(()),
        _ if how.doubtful_too => Ok(()),
        lines => Err(Error::Doubtful(lines)),
    }
}

/// Where somebody counted what a picker had not found, that is settled first.
fn happenings(
    conn: &mut PgConnection,
    id: CountId,
    lines: &[Differing],
    count: Option<CountId>,
) -> QueryResult<Vec<Happening>> {
    let settled = settled_by(conn, id)?.into_iter();
    let settled = settled.map(|(warehouse, product, bin)| Happening::Settle {
        place: Place::new(warehouse, product),
        bin,
    });
    let counted = lines.iter().map(|line| Happening::Count {
        place: Place::new(line.warehouse_id, line.product_id),
        bin: line.location_id,
        change: line.change,
        count,
    });
    Ok(settled.chain(counted).collect())
}

/// Nothing of it is counted any more; what it added up to is kept with it.
fn close(
    act: &mut Act<'_>,
    count: &Count,
    status: CountStatus,
    totals: CountTotals,
) -> QueryResult<Count> {
    sql!(
        "update count_lines set is_open = false,
           applied = case when :status = 'applied' then counted - books end
         where count_id = :id",
        status: Text = status,
        id: BigInt = count.id,
    )
    .execute(act.conn())?;
    let at = act.at();
    diesel::update(counts::table.find(count.id))
        .set((
            counts::status.eq(status),
            counts::closed_at.eq(at),
            counts::lines.eq(totals.lines),
            counts::counted.eq(totals.counted),
            counts::differing.eq(totals.differing),
            counts::more.eq(totals.more),
            counts::fewer.eq(totals.fewer),
            counts::gained.eq(totals.gained),
            counts::lost.eq(totals.lost),
        ))
        .returning(Count::as_returning())
        .get_result(act.conn())
}
