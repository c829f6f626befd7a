//! What order preparation asks of sales.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use super::close::{total_and_close, total_and_close_all};
use super::{lock, lock_unclosed};
use crate::db::{Act, set_based};
use crate::sales::{Error, Order, OrderLine, OrderStatus, queries};
use crate::schema::orders;
use crate::stock::Happening;
use crate::types::{Event, OrderId, OrderLineId, Quantity, RecordRef};

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

/// Those of these orders that there are, by id, closed or not, kept from others until the transaction
/// ends. Taken before the books of stock.
pub fn lock_all(conn: &mut PgConnection, ids: &[OrderId]) -> QueryResult<Vec<Order>> {
    Order::query()
        .filter(orders::id.eq_any(ids))
        .order(orders::id)
        .for_no_key_update()
        .load(conn)
}

/// Units of lines of locked orders left in parcels, as stock was told before; closes each order of
/// which nothing is left to ship.
///
/// # Errors
/// [`Error::NoSuchLine`] when a line is none of its order.
pub fn mark_shipped(
    act: &mut Act<'_>,
    lines: &[(OrderId, OrderLineId, Quantity)],
) -> Result<(), Error> {
    let updated = set_based!(
        "update order_lines l set shipped = l.shipped + u.units
         from :rows where l.id = u.line and l.order_id = u.of_order",
        lines, |(order, line, units)|
        of_order: BigInt = *order,
        line: BigInt = *line,
        units: Integer = *units
    )
    .execute(act.conn())?;
    if updated != lines.len() {
        return Err(Error::NoSuchLine);
    }
    let orders: BTreeSet<OrderId> = lines.iter().map(|(order, _, _)| *order).collect();
    let orders: Vec<OrderId> = orders.into_iter().collect();
    let totalled = total_and_close_all(act, &orders)?.into_iter();
    let closed = totalled.filter(|order| order.status == OrderStatus::Shipped);
    let closed: Vec<RecordRef> = closed.map(|order| RecordRef::Order(order.id)).collect();
    if !closed.is_empty() {
        act.note_all(&closed, &Event::OrderShipped)?;
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
