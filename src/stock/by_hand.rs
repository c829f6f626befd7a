//! By hand: reserved units move from one order line to another, or are released to those who wait.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::change::{change, preview};
use super::effects::Effects;
use super::error::Error;
use super::happening::Happening;
use super::model::{Cause, CauseKind};
use super::outcome::Outcome;
use super::pin::{Queued, queued};
use super::queries::{self, Claimant};
use crate::db::Act;
use crate::schema::{demand, hand_moves, turns};
use crate::types::{Event, OrderLineId, Quantity, RecordRef};

/// Reserved units that are to change hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandMove {
    /// The line that gives them.
    pub from: OrderLineId,
    /// The line that gets them, of the same product and warehouse; `None`: they are released, and
    /// their line gets others after everybody who waits now.
    pub to: Option<OrderLineId>,
    pub quantity: Quantity,
}

/// Moves reserved units, or releases them. The two lines change turns for that many units, so that
/// nobody else in the queue gains or loses. The reason is kept with every decision that follows, and
/// in the history of both orders.
///
/// # Errors
/// [`Error::NothingToShip`] when a line is not in the queue, [`Error::CannotGive`],
/// [`Error::CannotTake`], [`Error::CompleteOrdersFirst`], and those of the database.
pub fn move_units(act: &mut Act<'_>, wanted: HandMove, reason: &str) -> Result<Outcome, Error> {
    let from = queued(act, wanted.from)?;
    let to = wanted.to.map(|to| queued(act, to)).transpose()?;
    let id = keep_move(act, &from, wanted, reason)?;
    let cause = Cause::of(CauseKind::Moved).because(reason);
    let outcome = change(act, &cause, &[wanted.given(id)])?;
    let (units, reason) = (wanted.quantity, reason.to_owned());
    let (sku, giver) = (from.sku, RecordRef::Order(from.order_id));
    match to {
        None => act.note(giver, &Event::UnitsReleased { units, sku, reason })?,
        Some(to) => {
            let (given, why) = (sku.clone(), reason.clone());
            let taker = RecordRef::Order(to.order_id);
            act.note(
                giver,
                &Event::UnitsGiven {
                    units,
                    sku: given,
                    reason: why,
                },
            )?;
            act.note(taker, &Event::UnitsGot { units, sku, reason })?;
        }
    }
    Ok(outcome)
}

/// The row that says why, for the turns that follow from it.
fn keep_move(act: &mut Act<'_>, from: &Queued, wanted: HandMove, reason: &str) -> QueryResult<i64> {
    let row = (
        hand_moves::warehouse_id.eq(from.warehouse_id),
        hand_moves::product_id.eq(from.product_id),
        hand_moves::from_line_id.eq(wanted.from),
        hand_moves::to_line_id.eq(wanted.to.filter(|to| *to != wanted.from)),
        hand_moves::quantity.eq(wanted.quantity.max(Quantity::new(1))),
        hand_moves::reason.eq(reason),
        hand_moves::user_id.eq(act.by()),
        hand_moves::at.eq(act.at()),
    );
    diesel::insert_into(hand_moves::table)
        .values(row)
        .returning(hand_moves::id)
        .get_result(act.conn())
}

/// Who would gain and who would lose by it.
///
/// # Errors
/// Those of [`move_units`].
pub fn preview_move(
    conn: &mut PgConnection,
    wanted: HandMove,
    at: DateTime<Utc>,
) -> Result<Effects, Error> {
    preview(conn, at, &[wanted.given(0)])
}

impl HandMove {
    const fn given(self, hand_move: i64) -> Happening {
        Happening::Give {
            hand_move,
            from: self.from,
            to: self.to,
            quantity: self.quantity,
        }
    }
}

/// Takes back the latest move by which a line gave or got units, as far as they have not left.
///
/// # Errors
/// [`Error::NothingMoved`], [`Error::NothingToShip`], and those of the database.
pub fn undo_move(act: &mut Act<'_>, line: OrderLineId, reason: &str) -> Result<Outcome, Error> {
    let Queued { order_id, sku, .. } = queued(act, line)?;
    let undone = undone(act, line)?;
    let cause = Cause::of(CauseKind::Moved).because(format!("Taken back: {reason}"));
    let outcome = change(act, &cause, &[undone])?;
    let reason = reason.to_owned();
    act.note(
        RecordRef::Order(order_id),
        &Event::MoveTakenBack { sku, reason },
    )?;
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
) -> Result<Effects, Error> {
    queued(conn, line)?;
    let undone = undone(conn, line)?;
    preview(conn, at, &[undone])
}

/// The lines that miss units where a line waits, first served first, at most a hundred; parts of kits
/// take whole sets only.
pub fn takers(conn: &mut PgConnection, from: &Queued) -> QueryResult<Vec<Claimant>> {
    let waiting = queries::short_claimants(conn, from.place(), 100)?;
    let others = waiting.into_iter();
    Ok(others
        .filter(|claimant| claimant.order_line_id != from.order_line_id && !claimant.in_sets)
        .collect())
}

/// The latest move whose units still take another turn.
fn undone(conn: &mut PgConnection, line: OrderLineId) -> Result<Happening, Error> {
    let latest: Option<i64> = turns::table
        .filter(turns::order_line_id.eq(line))
        .inner_join(demand::table)
        .order(turns::hand_move_id.desc())
        .select(turns::hand_move_id)
        .first(conn)
        .optional()?;
    let hand_move = latest.ok_or(Error::NothingMoved)?;
    Ok(Happening::Undo { hand_move, line })
}
