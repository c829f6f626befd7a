//! Orders are stopped, and go on.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::Together;
use crate::db::Act;
use crate::sales::Error;
use crate::schema::orders;
use crate::stock::{self, Cause, CauseKind, Happening};
use crate::types::{Event, OrderId};

/// Stops an order: no parcel is made of it until it is released; what is in one goes on. Whether it
/// keeps what is reserved for it is for the company to decide.
///
/// # Errors
/// [`Error::Closed`], [`Error::OnHold`].
pub fn hold(act: &mut Act<'_>, id: OrderId, reason: &str) -> Result<(), Error> {
    hold_all(act, &[id], &[], reason)?.of_one()
}

/// The same of several, after what happens to parcels of those that are not refused. A constant
/// number of statements.
///
/// # Errors
/// Those of the database; what a rule refuses is in the answer.
pub fn hold_all(
    act: &mut Act<'_>,
    ids: &[OrderId],
    before: &[Happening],
    reason: &str,
) -> Result<Together, Error> {
    let held = Together::lock_going(act, ids)?;
    if held.is_empty() {
        return Ok(held);
    }
    let since = Some(act.at());
    mark(act, &held, since, reason)?;
    let holds = held.ids().into_iter();
    let holds = holds.map(|order| Happening::Hold { order });
    let happenings: Vec<Happening> = before.iter().cloned().chain(holds).collect();
    let cause = Cause::of(CauseKind::OrderHeld).because(reason);
    stock::change(act, &cause, &happenings)?;
    let reason = reason.into();
    act.note_all(&held.records(), &Event::Held { reason })?;
    Ok(held)
}

/// Lets an order that was stopped go on, at its old place in the queue.
///
/// # Errors
/// [`Error::Closed`], [`Error::NotOnHold`].
pub fn release(act: &mut Act<'_>, id: OrderId) -> Result<(), Error> {
    release_all(act, &[id])?.of_one()
}

/// The same of several; a constant number of statements.
///
/// # Errors
/// Those of the database; what a rule refuses is in the answer.
pub fn release_all(act: &mut Act<'_>, ids: &[OrderId]) -> Result<Together, Error> {
    let mut released = Together::lock(act, ids)?;
    released.refuse(|order| (!order.is_held()).then_some(Error::NotOnHold));
    if released.is_empty() {
        return Ok(released);
    }
    mark(act, &released, None, "")?;
    let ids = released.ids().into_iter();
    let goes_on: Vec<_> = ids.map(|order| Happening::Release { order }).collect();
    stock::change(act, &Cause::of(CauseKind::OrderReleased), &goes_on)?;
    act.note_all(&released.records(), &Event::Released)?;
    Ok(released)
}

fn mark(
    conn: &mut PgConnection,
    which: &Together,
    since: Option<DateTime<Utc>>,
    reason: &str,
) -> QueryResult<usize> {
    diesel::update(orders::table.filter(orders::id.eq_any(which.ids())))
        .set((orders::held_at.eq(since), orders::hold_reason.eq(reason)))
        .execute(conn)
}
