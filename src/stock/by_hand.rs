//! By hand: reserved units move from one order line to another, or are released to those who wait.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::books::{Books, Reach, change};
use super::error::Error;
use super::model::{Cause, CauseKind, Outcome, Place};
use super::pin::{Queued, queued};
use super::preview::{Effect, preview};
use crate::db::history;
use crate::schema::{demand, hand_moves, turns};
use crate::types::{OrderLineId, Quantity, RecordRef, UserId};

/// Reserved units that are to change hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandMove {
    /// The line that gives them.
    pub from: OrderLineId,
    /// The line that gets them, of the same product and warehouse; `None`: they are released, and
    /// their line gets others after everybody who waits now.
    pub to: Option<OrderLineId>,
    /// How many.
    pub quantity: Quantity,
}

/// Moves reserved units, or releases them. The two lines change turns for that many units, so that
/// nobody else in the queue gains or loses. The reason is kept with every decision that follows, and
/// in the history of both orders.
///
/// # Errors
/// [`Error::NothingToShip`] when a line is not in the queue, [`Error::CannotGive`],
/// [`Error::CannotTake`], [`Error::CompleteOrdersFirst`], and those of the database.
pub fn move_units(
    conn: &mut PgConnection,
    wanted: HandMove,
    reason: &str,
    by: UserId,
    at: DateTime<Utc>,
) -> Result<Outcome, Error> {
    let from = queued(conn, wanted.from)?;
    let to = wanted.to.map(|to| queued(conn, to)).transpose()?;
    let id: i64 = diesel::insert_into(hand_moves::table)
        .values((
            hand_moves::warehouse_id.eq(from.warehouse_id),
            hand_moves::product_id.eq(from.product_id),
            hand_moves::from_line_id.eq(wanted.from),
            hand_moves::to_line_id.eq(wanted.to.filter(|to| *to != wanted.from)),
            hand_moves::quantity.eq(Quantity::new(wanted.quantity.get().max(1))),
            hand_moves::reason.eq(reason),
            hand_moves::user_id.eq(by),
            hand_moves::at.eq(at),
        ))
        .returning(hand_moves::id)
        .get_result(conn)?;
    let cause = Cause::at(CauseKind::Moved, Some(by), at).because(reason);
    let place = from.place();
    let ((), outcome) = change(conn, Reach::everyone([place]), &cause, |books| {
        give(books, id, place, wanted, at)
    })?;
    let (units, sku) = (wanted.quantity, &from.sku);
    let what = match &to {
        Some(_) => format!("Gave {units} of {sku} to another order"),
        None => format!("Released {units} of {sku}"),
    };
    note(conn, &from, by, &what, reason)?;
    if let Some(to) = &to {
        note(
            conn,
            to,
            by,
            &format!("Got {units} of {sku} from another order"),
            reason,
        )?;
    }
    Ok(outcome)
}

/// Who would gain and who would lose by it.
///
/// # Errors
/// Those of [`move_units`].
pub fn preview_move(
    conn: &mut PgConnection,
    wanted: HandMove,
    at: DateTime<Utc>,
) -> Result<Vec<Effect>, Error> {
    let place = queued(conn, wanted.from)?.place();
    let cause = Cause::at(CauseKind::Moved, None, at);
    preview(conn, Reach::everyone([place]), &cause, |books| {
        give(books, 0, place, wanted, at)
    })
}

/// Takes back the latest move by which a line gave or got units, as far as they have not left.
///
/// # Errors
/// [`Error::NothingMoved`], [`Error::NothingToShip`], and those of the database.
pub fn undo_move(
    conn: &mut PgConnection,
    line: OrderLineId,
    reason: &str,
    by: UserId,
    at: DateTime<Utc>,
) -> Result<Outcome, Error> {
    let queued = queued(conn, line)?;
    let latest = latest_move(conn, line)?;
    let place = queued.place();
    let cause = Cause::at(CauseKind::Moved, Some(by), at).because(format!("Taken back: {reason}"));
    let ((), outcome) = change::<_, Error>(conn, Reach::everyone([place]), &cause, |books| {
        books.undo(latest);
        Ok(())
    })?;
    let what = format!("A move of {} by hand was taken back", queued.sku);
    note(conn, &queued, by, &what, reason)?;
    Ok(outcome)
}

/// Who would gain and who would lose by taking it back.
///
/// # Errors
/// Those of [`undo_move`].
pub fn preview_undo(
    conn: &mut PgConnection,
    line: OrderLineId,
    at: DateTime<Utc>,
) -> Result<Vec<Effect>, Error> {
    let place = queued(conn, line)?.place();
    let latest = latest_move(conn, line)?;
    let cause = Cause::at(CauseKind::Moved, None, at);
    preview(conn, Reach::everyone([place]), &cause, |books| {
        books.undo(latest);
        Ok(())
    })
}

/// The lines that miss units where a line waits, first served first, at most a hundred.
///
/// # Errors
/// Those of the database.
pub fn takers(conn: &mut PgConnection, from: &Queued) -> QueryResult<Vec<super::Claimant>> {
    let waiting = super::queries::short_claimants(conn, from.place(), 100)?;
    let others = waiting.into_iter();
    Ok(others
        .filter(|claimant| claimant.order_line_id != from.order_line_id)
        .collect())
}

fn give(
    books: &mut Books,
    id: i64,
    place: Place,
    wanted: HandMove,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    books.give(id, place, wanted.from, wanted.to, wanted.quantity, at)
}

/// The latest move whose units still take another turn.
fn latest_move(conn: &mut PgConnection, line: OrderLineId) -> Result<i64, Error> {
    turns::table
        .filter(turns::order_line_id.eq(line))
        .inner_join(demand::table)
        .order(turns::hand_move_id.desc())
        .select(turns::hand_move_id)
        .first(conn)
        .optional()?
        .ok_or(Error::NothingMoved)
}

fn note(
    conn: &mut PgConnection,
    line: &Queued,
    by: UserId,
    what: &str,
    reason: &str,
) -> QueryResult<()> {
    history::note(
        conn,
        RecordRef::Order(line.order_id),
        Some(by),
        what,
        reason,
    )
}
