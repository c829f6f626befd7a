//! How much orders may jump the queue is decided anew.

use diesel::prelude::*;

use super::Together;
use crate::db::Act;
use crate::sales::queries::{lines_of_each, orders_of};
use crate::sales::{Error, Order};
use crate::schema::orders;
use crate::stock::{self, Cause, CauseKind, Effects, Happening, Priority};
use crate::types::{Event, OrderId, clock};

/// Gives an order another priority, and serves the queues it stands in anew. The reason is kept with
/// every decision that follows, and in its history.
///
/// # Errors
/// [`Error::Closed`], [`Error::SamePriority`].
pub fn prioritise(
    act: &mut Act<'_>,
    id: OrderId,
    priority: Priority,
    reason: &str,
) -> Result<(), Error> {
    prioritise_all(act, &[id], priority, reason)?.of_one()
}

/// The same of several; a constant number of statements.
///
/// # Errors
/// Those of the database; what a rule refuses is in the answer.
pub fn prioritise_all(
    act: &mut Act<'_>,
    ids: &[OrderId],
    priority: Priority,
    reason: &str,
) -> Result<Together, Error> {
    let mut changed = Together::lock(act, ids)?;
    changed.refuse(|order| check_other(order, priority).err());
    if changed.is_empty() {
        return Ok(changed);
    }
    let asks = asks(act, &changed.orders, priority)?;
    diesel::update(orders::table.filter(orders::id.eq_any(changed.ids())))
        .set((
            orders::priority.eq(priority),
            orders::version.eq(orders::version + 1),
        ))
        .execute(act.conn())?;
    stock::change(act, &Cause::of(CauseKind::Priority).because(reason), &asks)?;
    let events = changed.orders.iter().map(|order| {
        let event = Event::PriorityChanged {
            was: order.priority.label().into(),
            now: priority.label().into(),
            reason: reason.into(),
        };
        (order.record(), event)
    });
    act.note_each(&events.collect::<Vec<_>>())?;
    Ok(changed)
}

/// Who would gain and who would lose by it.
///
/// # Errors
/// [`Error::SamePriority`] where all of them have it already.
pub fn preview_priority(
    conn: &mut PgConnection,
    ids: &[OrderId],
    priority: Priority,
) -> Result<Effects, Error> {
    let mut orders = orders_of(conn, ids)?;
    orders.retain(|order| check_other(order, priority).is_ok());
    if orders.is_empty() {
        return Err(Error::SamePriority(priority));
    }
    let asks = asks(conn, &orders, priority)?;
    Ok(stock::preview(conn, clock::now(), &asks)?)
}

fn check_other(order: &Order, priority: Priority) -> Result<(), Error> {
    match order.priority == priority {
        true => Err(Error::SamePriority(priority)),
        false => Ok(()),
    }
}

/// What the lines that wait ask for, with another priority.
fn asks(
    conn: &mut PgConnection,
    orders: &[Order],
    priority: Priority,
) -> QueryResult<Vec<Happening>> {
    let lines = lines_of_each(conn, orders)?;
    let waiting = lines.iter().filter(|(_, line)| line.is_asked());
    let asks = waiting.map(|(order, line)| {
        Happening::Ask(stock::Ask {
            priority_rank: priority.rank(),
            ..order.ask(line)
        })
    });
    Ok(asks.collect())
}
