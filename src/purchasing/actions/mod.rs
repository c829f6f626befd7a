//! What people do to purchase orders. Each action locks the purchase order first, and leaves a line
//! in its history.

mod arrived;
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
pub use edit::{DraftEdit, DraftLine, edit_draft};
pub use lines::{add_line, remove_line};
pub use preview::{preview_cancel, preview_confirm};
pub use receive::{Delivery, preview_receive, receive};
pub use reverse::{ReversalPreview, Reversing, TakenBack, preview_reversal, reverse};
pub use send::{Sending, send};

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable};

use super::error::Error;
use super::model::{PurchaseLine, PurchaseOrder};
use super::status::Status;
use crate::db::{Act, announce, set_based};
use crate::schema::{purchase_order_lines, purchase_orders};
use crate::stock::{self, Cause, CauseKind, Expect, Happening, Origin, Place};
use crate::types::{Event, PurchaseOrderId, TooMuch, total};

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

/// Refuses what the status does not allow; `wanted` is a participle.
fn must(order: &PurchaseOrder, is_allowed: bool, wanted: &'static str) -> Result<(), Error> {
    if is_allowed {
        Ok(())
    } else {
        Err(Error::CannotBe {
            number: order.number.clone(),
            status: order.status,
            wanted,
        })
    }
}

fn must_be_draft(order: &PurchaseOrder) -> Result<(), Error> {
    must(order, order.status == Status::Draft, "edited like a draft")
}

/// `Ok` if the table of statuses lists it.
fn may_become(order: &PurchaseOrder, next: Status, wanted: &'static str) -> Result<(), Error> {
    must(order, order.status.can_become(next), wanted)
}

/// It has another status from `at` on, once it is saved.
fn becomes(order: &mut PurchaseOrder, status: Status, at: DateTime<Utc>) {
    let is_closed = !Status::OPEN.contains(&status);
    order.status = status;
    order.closed_at = is_closed.then_some(at);
}

/// Writes the purchase order as it is now, under a new version.
fn save(conn: &mut PgConnection, order: &mut PurchaseOrder) -> QueryResult<()> {
    order.version += 1;
    diesel::update(purchase_orders::table.find(order.id))
        .set(&*order)
        .execute(conn)?;
    Ok(())
}

/// Writes down what was done, and tells the pages that show it.
fn tell(act: &mut Act<'_>, order: &PurchaseOrder, event: &Event) -> QueryResult<()> {
    act.note(order.record(), event)?;
    let topics = [
        order.record().to_string(),
        "purchase_orders".into(),
        format!("warehouse:{}", order.warehouse_id),
    ];
    announce(act, &topics)
}

fn lines_of(conn: &mut PgConnection, order: &PurchaseOrder) -> QueryResult<Vec<PurchaseLine>> {
    PurchaseLine::query()
        .filter(purchase_order_lines::purchase_order_id.eq(order.id))
        .order(purchase_order_lines::line_number)
        .load(conn)
}

/// Refuses what comes to more than a purchase order can.
fn check_total(lines: &[PurchaseLine]) -> Result<(), Error> {
    let asked = lines.iter().map(|line| (line.wanted(), line.unit_price));
    let refused = |why| Error::TooMuch {
        line: match why {
            TooMuch::Line { at, .. } => Some(lines[at].id),
            _ => None,
        },
        why,
    };
    total(asked).map(drop).map_err(refused)
}

/// Writes quantities, given up units and dates of lines.
fn write_lines(conn: &mut PgConnection, lines: &[PurchaseLine]) -> QueryResult<()> {
    set_based!(
        "update purchase_order_lines l
         set ordered = u.ordered, cancelled = u.cancelled, received = u.received,
           expected_on = u.expected_on, confirmed_on = u.confirmed_on, lead_due_on = u.lead_due_on
         from :rows where l.id = u.id",
        lines, |line| id: BigInt = line.id, ordered: Integer = line.ordered,
        cancelled: Integer = line.cancelled, received: Integer = line.received,
        expected_on: Nullable<Date> = line.expected_on,
        confirmed_on: Nullable<Date> = line.confirmed_on,
        lead_due_on: Nullable<Date> = line.lead_due_on
    )
    .execute(conn)?;
    Ok(())
}

fn without_rest(line: &mut PurchaseLine) {
    line.cancelled = line.ordered.less(line.received);
}

/// Tells stock what every line of the purchase order still brings, and when.
fn expect(act: &mut Act<'_>, order: &PurchaseOrder, lines: &[PurchaseLine]) -> Result<(), Error> {
    let cause = Cause::of(CauseKind::PurchaseOrder).because(&order.number);
    let changed = stock::change(act, &cause, &expected(order, lines));
    changed.map_err(|why| beside_line(order, lines, why))?;
    Ok(())
}

/// What stock refuses, beside the line it is about, if it is about one.
fn beside_line(order: &PurchaseOrder, lines: &[PurchaseLine], why: stock::Error) -> Error {
    let places = lines.iter();
    let places = places.map(|line| Place::new(order.warehouse_id, line.product_id));
    match why.line_of(places) {
        Some(at) => Error::TooManyComing {
            line: lines[at].id,
            why,
        },
        None => why.into(),
    }
}

/// What every line of the purchase order still brings, and when.
fn expected(order: &PurchaseOrder, lines: &[PurchaseLine]) -> Vec<Happening> {
    let expect = |line: &PurchaseLine| {
        Some(Happening::Expect(Expect {
            of: Origin::Purchase(line.id),
            place: Place::new(order.warehouse_id, line.product_id),
            quantity: line.to_come(),
            due_on: order.due_on(line)?,
        }))
    };
    lines.iter().filter_map(expect).collect()
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
