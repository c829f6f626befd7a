//! What order preparation asks of sales.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer};

use super::close::total_and_close;
use super::{lock, lock_unclosed};
use crate::db::history;
use crate::sales::{Error, Order, OrderStatus};
use crate::types::{OrderId, OrderLineId, Quantity, UserId};

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

/// Units of these lines left in a parcel; closes the order when nothing is left to ship. Stock was
/// told before, by `stock::Books::ship`.
///
/// # Errors
/// [`Error::NoSuchLine`] when a line is none of this order.
pub fn mark_shipped(
    conn: &mut PgConnection,
    id: OrderId,
    lines: &[(OrderLineId, Quantity)],
    user: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let order = lock(conn, id)?;
    let (line_ids, quantities): (Vec<OrderLineId>, Vec<Quantity>) = lines.iter().copied().unzip();
    let updated = diesel::sql_query(
        "update order_lines l set shipped = l.shipped + u.units
         from unnest($2, $3) as u (line, units)
         where l.id = u.line and l.order_id = $1",
    )
    .bind::<BigInt, _>(id)
    .bind::<Array<BigInt>, _>(line_ids)
    .bind::<Array<Integer>, _>(quantities)
    .execute(conn)?;
    if updated != lines.len() {
        return Err(Error::NoSuchLine);
    }
    if total_and_close(conn, id, at)? == OrderStatus::Shipped {
        history::note(
            conn,
            order.record(),
            user,
            "Shipped",
            "Nothing is left to ship.",
        )?;
    }
    Ok(())
}
