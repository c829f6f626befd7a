//! Units are given up.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use super::broken::alone;
use super::close::total_and_close;
use super::lock_unclosed;
use crate::db::{Act, set_based};
use crate::sales::queries::lines_of;
use crate::sales::{Error, OrderLine};
use crate::schema::{order_lines, products};
use crate::stock::{self, Cause, CauseKind, Happening};
use crate::types::{Event, OrderId, OrderLineId, Quantity, Sku};

/// Gives up what is left to ship of an order, and gives back what was reserved for it.
///
/// # Errors
/// [`Error::Closed`], and [`stock::Error::BeingPrepared`] while a parcel of it is being prepared.
pub fn cancel(act: &mut Act<'_>, id: OrderId, reason: &str) -> Result<(), Error> {
    let order = lock_unclosed(act, id)?;
    let lines = lines_of(act, id)?.into_iter();
    let left = lines.filter(OrderLine::is_asked);
    let left: Vec<_> = left
        .map(|line| Happening::Withdraw { line: line.id })
        .collect();

    diesel::update(order_lines::table.filter(order_lines::order_id.eq(id)))
        .set(order_lines::cancelled.eq(order_lines::ordered - order_lines::shipped))
        .execute(act.conn())?;
    stock::change(
        act,
        &Cause::of(CauseKind::OrderCancelled).because(reason),
        &left,
    )?;
    total_and_close(act, id)?;
    let reason = reason.into();
    Ok(act.note(order.record(), &Event::Cancelled { reason })?)
}

/// Gives up some units of one line, the last ones first; the rest keeps its place in the queue. Of a
/// kit they are sets.
///
/// # Errors
/// [`Error::Closed`], [`Error::NoSuchLine`], [`Error::TooManyCancelled`], [`Error::InSets`],
/// [`Error::Broken`], and [`stock::Error::BeingPrepared`] when they are in a parcel.
pub fn cancel_line(
    act: &mut Act<'_>,
    id: OrderId,
    line: OrderLineId,
    units: Quantity,
    reason: &str,
) -> Result<(), Error> {
    let order = lock_unclosed(act, id)?;
    let (line, sku) = line_of(act, id, line)?;
    if units > line.to_ship() {
        return Err(Error::TooManyCancelled(line.to_ship()));
    }
    if units.is_zero() {
        return Ok(());
    }
    let fewer = alone(act, line)?.into_iter().map(|(mut line, each)| {
        line.cancelled += units.times(each);
        line
    });
    let fewer: Vec<OrderLine> = fewer.collect();
    set_based!(
        "update order_lines l set cancelled = u.cancelled from :rows where l.id = u.line",
        &fewer, |line|
        line: BigInt = line.id,
        cancelled: Integer = line.cancelled
    )
    .execute(act.conn())?;
    let asks = fewer.iter().filter(|line| !line.is_kit);
    let asks: Vec<_> = asks.map(|line| Happening::Ask(order.ask(line))).collect();
    stock::change(
        act,
        &Cause::of(CauseKind::OrderCancelled).because(reason),
        &asks,
    )?;
    total_and_close(act, id)?;
    let reason = reason.into();
    Ok(act.note(
        order.record(),
        &Event::UnitsCancelled { units, sku, reason },
    )?)
}

fn line_of(
    conn: &mut PgConnection,
    order: OrderId,
    line: OrderLineId,
) -> Result<(OrderLine, Sku), Error> {
    order_lines::table
        .inner_join(products::table)
        .filter(order_lines::id.eq(line))
        .filter(order_lines::order_id.eq(order))
        .select((OrderLine::as_select(), products::sku))
        .first(conn)
        .optional()?
        .ok_or(Error::NoSuchLine)
}
