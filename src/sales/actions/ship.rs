//! What order preparation asks of sales.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use super::close::total_and_close;
use super::{lock, lock_unclosed};
use crate::db::{Act, set_based};
use crate::sales::{Error, Order, OrderLine, OrderStatus, queries};
use crate::stock::Happening;
use crate::types::{Event, OrderId, OrderLineId, Quantity};

/// The order, kept from others until the transaction ends, if parcels may be made of it. Taken
/// before the books of stock.
///
/// # Errors
/// [`Error::Closed`], [`Error::OnHold`].
pub fn lock_open(conn: &mut PgConnection, id: OrderId) -> Result<Order, Error> {
    let order = lock_unclosed(conn, id)?;
    if order.is_held() {
        return Err(Error::OnHold(order.hold_reason));
    }
    Ok(order)
}

/// Units of these lines left in a parcel, as stock was told before; closes the order when nothing is
/// left to ship.
///
/// # Errors
/// [`Error::NoSuchLine`] when a line is none of this order.
pub fn mark_shipped(
    act: &mut Act<'_>,
    id: OrderId,
    lines: &[(OrderLineId, Quantity)],
) -> Result<(), Error> {
    let order = lock(act, id)?;
    let updated = set_based!(
        "update order_lines l set shipped = l.shipped + u.units
         from :rows where l.id = u.line and l.order_id = :order",
        lines, |(line, units)|
        line: BigInt = *line,
        units: Integer = *units;
        order: BigInt = id
    )
    .execute(act.conn())?;
    if updated != lines.len() {
        return Err(Error::NoSuchLine);
    }
    if total_and_close(act, id)? == OrderStatus::Shipped {
        act.note(order.record(), &Event::OrderShipped)?;
    }
    Ok(())
}

/// A parcel did not leave after all: units of these lines are to be shipped again, and the order is open again.
/// Answers with what stock is to be asked.
///
/// # Errors
/// [`Error::CameBack`] when units of them came back from the customer since.
pub fn mark_unshipped(
    act: &mut Act<'_>,
    id: OrderId,
    lines: &[(OrderLineId, Quantity)],
) -> Result<Vec<Happening>, Error> {
    lock(act, id)?;
    let updated = set_based!(
        "update order_lines l set shipped = l.shipped - u.units
         from :rows where l.id = u.line and l.order_id = :order and l.shipped - l.returned >= u.units",
        lines, |(line, units)|
        line: BigInt = *line,
        units: Integer = *units;
        order: BigInt = id
    )
    .execute(act.conn())?;
    if updated != lines.len() {
        return Err(Error::CameBack);
    }
    total_and_close(act, id)?;
    let order = lock(act, id)?;
    let all: Vec<OrderLine> = queries::lines_of(act, id)?;
    let asked = all
        .iter()
        .filter(|line| lines.iter().any(|(id, _)| *id == line.id));
    Ok(asked.map(|line| Happening::Ask(order.ask(line))).collect())
}
