//! How much an order may jump the queue is decided anew.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::lock_unclosed;
use crate::db::history;
use crate::sales::queries::{self, lines_of};
use crate::sales::{Error, Order, OrderLine};
use crate::schema::orders;
use crate::stock::{self, Books, Cause, CauseKind, Effect, Priority, Reach};
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
    let cause = Cause::at(CauseKind::Priority, Some(user), at).because(reason);
    stock::change(conn, reach(&order, &lines), &cause, |books| {
        ask(books, &order, &lines)
    })?;
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
    let cause = Cause::at(CauseKind::Priority, None, at);
    stock::preview(conn, reach(&order, &lines), &cause, |books| {
        ask(books, &order, &lines)
    })
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

fn reach(order: &Order, lines: &[OrderLine]) -> Reach {
    Reach::orders([order.id], lines.iter().map(OrderLine::place))
}

fn ask(books: &mut Books, order: &Order, lines: &[OrderLine]) -> Result<(), Error> {
    for line in lines {
        books.ask(order.ask(line))?;
    }
    Ok(())
}
