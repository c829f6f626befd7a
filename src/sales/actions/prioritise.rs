//! How much an order may jump the queue is decided anew.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::lock_unclosed;
use crate::db::history;
use crate::db::{Act, Who};
use crate::sales::queries::{self, lines_of};
use crate::sales::{Error, Order, OrderLine};
use crate::schema::orders;
use crate::stock::{self, Cause, CauseKind, Effect, Happening, Priority};
use crate::types::{OrderId, UserId};

/// Gives an order another priority, and serves the queues it stands in anew. The reason is kept with
/// every decision that follows, and in its history.
///
/// # Errors
/// [`Error::Closed`], [`Error::SamePriority`].
pub fn prioritise(
    conn: &mut PgConnection,
    id: OrderId,
    priority: Priority,
    reason: &str,
    user: UserId,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let mut order = lock_unclosed(conn, id)?;
    let before = order.priority;
    become_of(&mut order, priority)?;
    diesel::update(orders::table.find(id))
        .set((
            orders::priority.eq(priority),
            orders::version.eq(orders::version + 1),
        ))
        .execute(conn)?;
    let lines = waiting(conn, id)?;
    let cause = Cause::of(CauseKind::Priority).because(reason);
    stock::change(
        &mut Act::new(conn, Who::from(user).at(at)),
        &cause,
        &asks(&order, &lines),
    )?;
    let what = format!(
        "Priority {} instead of {}",
        priority.label(),
        before.label()
    );
    history::note(conn, order.record(), Some(user), &what, reason)?;
    Ok(())
}

/// Who would gain and who would lose by it.
///
/// # Errors
/// Those of [`prioritise`].
pub fn preview_priority(
    conn: &mut PgConnection,
    id: OrderId,
    priority: Priority,
    at: DateTime<Utc>,
) -> Result<Vec<Effect>, Error> {
    let mut order = queries::order(conn, id)?;
    become_of(&mut order, priority)?;
    let lines = waiting(conn, id)?;
    Ok(stock::preview(conn, at, &asks(&order, &lines))?)
}

fn become_of(order: &mut Order, priority: Priority) -> Result<(), Error> {
    if order.priority == priority {
        return Err(Error::SamePriority(priority));
    }
    order.priority = priority;
    Ok(())
}

fn waiting(conn: &mut PgConnection, id: OrderId) -> QueryResult<Vec<OrderLine>> {
    let lines = lines_of(conn, id)?.into_iter();
    Ok(lines.filter(|line| !line.to_ship().is_zero()).collect())
}

fn asks(order: &Order, lines: &[OrderLine]) -> Vec<Happening> {
    let asks = lines.iter().map(|line| order.ask(line));
    asks.map(Happening::Ask).collect()
}
