//! How much an order may jump the queue is decided anew.

use diesel::prelude::*;

use super::lock_unclosed;
use crate::db::Act;
use crate::sales::queries::{self, lines_of};
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
    let order = lock_unclosed(act, id)?;
    let asks = asks(act, &order, priority)?;
    diesel::update(orders::table.find(id))
        .set((
            orders::priority.eq(priority),
            orders::version.eq(orders::version + 1),
        ))
        .execute(act.conn())?;
    stock::change(act, &Cause::of(CauseKind::Priority).because(reason), &asks)?;
    let changed = Event::PriorityChanged {
        was: order.priority.label().into(),
        now: priority.label().into(),
        reason: reason.into(),
    };
    Ok(act.note(order.record(), &changed)?)
}

/// Who would gain and who would lose by it.
///
/// # Errors
/// [`Error::SamePriority`].
pub fn preview_priority(
    conn: &mut PgConnection,
    id: OrderId,
    priority: Priority,
) -> Result<Effects, Error> {
    let order = queries::order(conn, id)?;
    let asks = asks(conn, &order, priority)?;
    Ok(stock::preview(conn, clock::now(), &asks)?)
}

/// What the lines that wait ask for, with another priority.
fn asks(
    conn: &mut PgConnection,
    order: &Order,
    priority: Priority,
) -> Result<Vec<Happening>, Error> {
    if order.priority == priority {
        return Err(Error::SamePriority(priority));
    }
    let lines = lines_of(conn, order.id)?;
    let waiting = lines.iter().filter(|line| line.is_asked());
    let ask = |line| stock::Ask {
        priority_rank: priority.rank(),
        ..order.ask(line)
    };
    Ok(waiting.map(|line| Happening::Ask(ask(line))).collect())
}
