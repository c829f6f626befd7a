//! An order is stopped, and goes on.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::lock_unclosed;
use crate::db::history;
use crate::db::{Act, Who};
use crate::sales::{Error, Order};
use crate::schema::orders;
use crate::stock::{self, Cause, CauseKind, Happening};
use crate::types::{OrderId, UserId};

/// Stops an order: no parcel is made of it until it is released. Whether it keeps what is reserved
/// for it is for the company to decide.
///
/// # Errors
/// [`Error::Closed`], [`Error::OnHold`], and [`stock::Error::BeingPrepared`] while a parcel of it is
/// being prepared.
pub fn hold(
    conn: &mut PgConnection,
    id: OrderId,
    reason: &str,
    user: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let order = lock_unclosed(conn, id)?;
    if order.is_held() {
        return Err(Error::OnHold(order.hold_reason));
    }
    diesel::update(orders::table.filter(orders::id.eq(id)))
        .set((orders::held_at.eq(Some(at)), orders::hold_reason.eq(reason)))
        .execute(conn)?;
    let cause = Cause::of(CauseKind::OrderHeld).because(reason);
    let happening = Happening::Hold { order: id };
    stock::change(
        &mut Act::new(conn, user.map_or(Who::BACKFILL, Who::from).at(at)),
        &cause,
        &[happening],
    )?;
    history::note(conn, order.record(), user, "Put on hold", reason)?;
    Ok(())
}

/// Lets an order that was stopped go on, at its old place in the queue.
///
/// # Errors
/// [`Error::Closed`], [`Error::NotOnHold`].
pub fn release(
    conn: &mut PgConnection,
    id: OrderId,
    user: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let order = lock_unclosed(conn, id)?;
    if !order.is_held() {
        return Err(Error::NotOnHold);
    }
    diesel::update(orders::table.filter(orders::id.eq(id)))
        .set((
            orders::held_at.eq(None::<DateTime<Utc>>),
            orders::hold_reason.eq(""),
        ))
        .execute(conn)?;
    let cause = Cause::of(CauseKind::OrderReleased);
    let happening = Happening::Release { order: id };
    stock::change(
        &mut Act::new(conn, user.map_or(Who::BACKFILL, Who::from).at(at)),
        &cause,
        &[happening],
    )?;
    history::note(conn, order.record(), user, "Released", "")?;
    Ok(())
}
