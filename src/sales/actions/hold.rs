//! An order is stopped, and goes on.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::lock_unclosed;
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
    hold_after(act, id, &[], reason)
}

/// The same, after what happens to its parcels.
///
/// # Errors
/// Those of [`hold`].
pub fn hold_after(
    act: &mut Act<'_>,
    id: OrderId,
    before: &[Happening],
    reason: &str,
) -> Result<(), Error> {
    let order = lock_unclosed(act, id)?;
    if order.is_held() {
        return Err(Error::OnHold(order.hold_reason));
    }
    let since = Some(act.at());
    mark(act, id, since, reason)?;
    let cause = Cause::of(CauseKind::OrderHeld).because(reason);
    let happenings = [before, &[Happening::Hold { order: id }]].concat();
    stock::change(act, &cause, &happenings)?;
    let reason = reason.into();
    Ok(act.note(order.record(), &Event::Held { reason })?)
}

/// Lets an order that was stopped go on, at its old place in the queue.
///
/// # Errors
/// [`Error::Closed`], [`Error::NotOnHold`].
pub fn release(act: &mut Act<'_>, id: OrderId) -> Result<(), Error> {
    let order = lock_unclosed(act, id)?;
    if !order.is_held() {
        return Err(Error::NotOnHold);
    }
    mark(act, id, None, "")?;
    let cause = Cause::of(CauseKind::OrderReleased);
    stock::change(act, &cause, &[Happening::Release { order: id }])?;
    Ok(act.note(order.record(), &Event::Released)?)
}

fn mark(
    conn: &mut PgConnection,
    id: OrderId,
    since: Option<DateTime<Utc>>,
    reason: &str,
) -> QueryResult<usize> {
    diesel::update(orders::table.find(id))
        .set((orders::held_at.eq(since), orders::hold_reason.eq(reason)))
        .execute(conn)
}
