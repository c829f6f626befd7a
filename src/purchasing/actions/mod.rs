//! What people do to purchase orders. Each action is part of the transaction of whoever calls it,
//! locks the purchase order first, and leaves a line in its history.

mod change;
mod draft;
mod edit;
mod lines;
mod preview;
mod receive;
mod reverse;
mod send;

pub use change::{RestEdit, RestLine, cancel, confirm, edit_rest};
pub use draft::{NewLine, NewPurchaseOrder, draft};
pub use edit::{DraftEdit, DraftLine, LineEdit, edit_draft};
pub use lines::{add_line, remove_line};
pub use preview::{preview_cancel, preview_confirm};
pub use receive::{Delivery, preview_receive, receive};
pub use reverse::{preview_reversal, reverse};
pub use send::{Sending, send};

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::error::Error;
use super::model::{PurchaseLine, PurchaseOrder, Status};
use super::queries::{self, lead_times};
use crate::db::{Act, Who};
use crate::db::{announce, history};
use crate::schema::{purchase_order_lines, purchase_orders};
use crate::stock::{self, Cause, CauseKind, Expect, Happening, Place};
use crate::types::{PurchaseOrderId, Quantity, UserId};

/// The purchase order, kept from others: the first lock of every action.
fn lock(conn: &mut PgConnection, id: PurchaseOrderId) -> QueryResult<PurchaseOrder> {
    PurchaseOrder::query()
        .filter(purchase_orders::id.eq(id))
        .for_update()
        .first(conn)
}

/// Locks it for a change made from a form that shows `version`.
fn lock_version(
    conn: &mut PgConnection,
    id: PurchaseOrderId,
    version: i32,
) -> Result<PurchaseOrder, Error> {
    let order = lock(conn, id)?;
    if order.version == version {
        Ok(order)
    } else {
        Err(Error::Changed(order.number))
    }
}

fn must_be_draft(order: &PurchaseOrder) -> Result<(), Error> {
    if order.status == Status::Draft {
        Ok(())
    } else {
        Err(Error::CannotBe {
            number: order.number.clone(),
            status: order.status,
            wanted: "edited like a draft",
        })
    }
}

/// `Ok` if the table of statuses lists it.
fn may_become(order: &PurchaseOrder, next: Status, wanted: &'static str) -> Result<(), Error> {
    if order.status.can_become(next) {
        Ok(())
    } else {
        Err(Error::CannotBe {
            number: order.number.clone(),
            status: order.status,
            wanted,
        })
    }
}

/// Writes down what was done, and tells the pages that show it.
fn tell(
    conn: &mut PgConnection,
    order: &PurchaseOrder,
    by: Option<UserId>,
    what: &str,
    detail: &str,
) -> QueryResult<()> {
    history::note(conn, order.record(), by, what, detail)?;
    announce_order(conn, order)
}

fn announce_order(conn: &mut PgConnection, order: &PurchaseOrder) -> QueryResult<()> {
    let topics = [
        order.record().to_string(),
        "purchase_orders".into(),
        format!("warehouse:{}", order.warehouse_id),
    ];
    announce(conn, &topics)
}

fn set_status(
    conn: &mut PgConnection,
    order: &mut PurchaseOrder,
    status: Status,
    at: DateTime<Utc>,
) -> QueryResult<()> {
    let is_closed = !Status::OPEN.contains(&status);
    order.status = status;
    order.closed_at = is_closed.then_some(at);
    diesel::update(purchase_orders::table.find(order.id))
        .set((
            purchase_orders::status.eq(status),
            purchase_orders::closed_at.eq(order.closed_at),
            purchase_orders::version.eq(purchase_orders::version + 1),
        ))
        .execute(conn)?;
    Ok(())
}

/// Writes quantities, given up units and dates of lines, in one statement.
fn write_lines(conn: &mut PgConnection, lines: &[PurchaseLine]) -> QueryResult<()> {
    use diesel::sql_types::{Array, BigInt, Date, Integer, Nullable};
    let column = |read: fn(&PurchaseLine) -> Quantity| lines.iter().map(read).collect::<Vec<_>>();
    diesel::sql_query(
        "update purchase_order_lines l
         set ordered = u.ordered, cancelled = u.cancelled, received = u.received,
           expected_on = u.expected_on
         from unnest($1, $2, $3, $4, $5) as u (id, ordered, cancelled, received, expected_on)
         where l.id = u.id",
    )
    .bind::<Array<BigInt>, _>(lines.iter().map(|line| line.id).collect::<Vec<_>>())
    .bind::<Array<Integer>, _>(column(|line| line.ordered))
    .bind::<Array<Integer>, _>(column(|line| line.cancelled))
    .bind::<Array<Integer>, _>(column(|line| line.received))
    .bind::<Array<Nullable<Date>>, _>(
        lines
            .iter()
            .map(|line| line.expected_on)
            .collect::<Vec<_>>(),
    )
    .execute(conn)?;
    Ok(())
}

/// Gives up what has not arrived of every line, in the rows; stock is told by [`expect`].
fn give_up_rest(conn: &mut PgConnection, lines: &mut [PurchaseLine]) -> QueryResult<()> {
    lines.iter_mut().for_each(without_rest);
    write_lines(conn, lines)
}

fn without_rest(line: &mut PurchaseLine) {
    line.cancelled = line.ordered.less(line.received);
}

fn lines_of(conn: &mut PgConnection, order: &PurchaseOrder) -> QueryResult<Vec<PurchaseLine>> {
    PurchaseLine::query()
        .filter(purchase_order_lines::purchase_order_id.eq(order.id))
        .order(purchase_order_lines::line_number)
        .load(conn)
}

/// Tells stock what every line of the purchase order still brings, and when.
fn expect(
    conn: &mut PgConnection,
    order: &PurchaseOrder,
    lines: &[PurchaseLine],
    by: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let expected = expected(conn, order, lines, at)?;
    let act = &mut Act::new(conn, by.map_or(Who::BACKFILL, Who::from).at(at));
    let cause = Cause::of(CauseKind::PurchaseOrder).because(order.number.clone());
    stock::change(act, &cause, &expected)?;
    Ok(())
}

/// What every line of the purchase order still brings, and when.
fn expected(
    conn: &mut PgConnection,
    order: &PurchaseOrder,
    lines: &[PurchaseLine],
    at: DateTime<Utc>,
) -> QueryResult<Vec<Happening>> {
    let leads = lead_times(conn, order, lines)?;
    let today = at.date_naive();
    let expect = |line: &PurchaseLine| Expect {
        line: line.id,
        order: order.id,
        place: Place::new(order.warehouse_id, line.product_id),
        quantity: line.to_come(),
        due_on: order.due_on(line.expected_on, leads.of(line.product_id), today),
    };
    Ok(lines.iter().map(expect).map(Happening::Expect).collect())
}

/// What a purchase order has become when nothing is left to come.
fn end_of(lines: &[PurchaseLine]) -> Option<Status> {
    let nothing_to_come = lines.iter().all(|line| line.to_come().is_zero());
    let something_came = lines.iter().any(|line| !line.received.is_zero());
    match (nothing_to_come, something_came) {
        (true, true) => Some(Status::Received),
        (true, false) => Some(Status::Cancelled),
        (false, _) => None,
    }
}

/// `1 line, 15 units`.
fn in_words(lines: &[PurchaseLine]) -> String {
    let units: Quantity = lines.iter().map(PurchaseLine::wanted).sum();
    queries::lines_and_units(lines.len(), units)
}
