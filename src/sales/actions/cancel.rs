//! Units are given up.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::close::total_and_close;
use super::lock_unclosed;
use crate::db::history;
use crate::db::{Act, Who};
use crate::sales::queries::lines_of;
use crate::sales::{Error, Order, OrderLine};
use crate::schema::{order_lines, products};
use crate::stock::{self, Cause, CauseKind, Happening};
use crate::types::{OrderId, OrderLineId, Quantity, Sku, UserId};

/// Gives up what is left to ship of an order, and gives back what was reserved for it.
///
/// # Errors
/// [`Error::Closed`], and [`stock::Error::BeingPrepared`] while a parcel of it is being prepared.
pub fn cancel(
    conn: &mut PgConnection,
    id: OrderId,
    reason: &str,
    user: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let order = lock_unclosed(conn, id)?;
    let mut left: Vec<OrderLine> = lines_of(conn, id)?
        .into_iter()
        .filter(|line| !line.to_ship().is_zero())
        .collect();
    for line in &mut left {
        line.cancelled += line.to_ship();
    }

    diesel::update(order_lines::table.filter(order_lines::order_id.eq(id)))
        .set(order_lines::cancelled.eq(order_lines::ordered - order_lines::shipped))
        .execute(conn)?;
    give_back(conn, &order, &left, reason, user, at)?;
    total_and_close(conn, id, at)?;
    history::note(conn, order.record(), user, "Cancelled", reason)?;
    Ok(())
}

/// Gives up some units of one line, the last ones first; the rest keeps its place in the queue.
///
/// # Errors
/// [`Error::Closed`], [`Error::NoSuchLine`], [`Error::TooManyCancelled`], and
/// [`stock::Error::BeingPrepared`] when they are in a parcel.
pub fn cancel_line(
    conn: &mut PgConnection,
    id: OrderId,
    line: OrderLineId,
    quantity: Quantity,
    reason: &str,
    user: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let order = lock_unclosed(conn, id)?;
    let mut line = OrderLine::query()
        .filter(order_lines::id.eq(line))
        .filter(order_lines::order_id.eq(id))
        .first(conn)
        .optional()?
        .ok_or(Error::NoSuchLine)?;
    if quantity > line.to_ship() {
        return Err(Error::TooManyCancelled(line.to_ship()));
    }
    if quantity.is_zero() {
        return Ok(());
    }
    line.cancelled += quantity;
    diesel::update(order_lines::table.filter(order_lines::id.eq(line.id)))
        .set(order_lines::cancelled.eq(line.cancelled))
        .execute(conn)?;
    let sku: Sku = products::table
        .filter(products::id.eq(line.product_id))
        .select(products::sku)
        .first(conn)?;
    give_back(conn, &order, &[line], reason, user, at)?;
    total_and_close(conn, id, at)?;
    let what = format!("Cancelled {quantity} of {sku}");
    history::note(conn, order.record(), user, &what, reason)?;
    Ok(())
}

/// Tells stock how little these lines ask for now.
fn give_back(
    conn: &mut PgConnection,
    order: &Order,
    lines: &[OrderLine],
    reason: &str,
    user: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let cause = Cause::of(CauseKind::OrderCancelled).because(reason);
    let asks: Vec<_> = lines
        .iter()
        .map(|line| Happening::Ask(order.ask(line)))
        .collect();
    let act = &mut Act::new(conn, user.map_or(Who::BACKFILL, Who::from).at(at));
    stock::change(act, &cause, &asks)?;
    Ok(())
}
