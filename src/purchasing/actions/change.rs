//! What may still change after a purchase order was sent: dates, and what has not arrived.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use super::{
    end_of, expect, give_up_rest, lines_of, lock, lock_version, may_become, set_status, tell,
    write_lines,
};
use crate::purchasing::{Error, PurchaseLine, PurchaseOrder, Status};
use crate::schema::purchase_orders;
use crate::types::{Money, PurchaseLineId, PurchaseOrderId, Quantity, UserId};

/// The supplier says when it comes, or says something else than before.
///
/// # Errors
/// [`Error::CannotBe`] unless it is under way.
pub fn confirm(
    conn: &mut PgConnection,
    id: PurchaseOrderId,
    confirmed_on: NaiveDate,
    by: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<PurchaseOrder, Error> {
    let mut order = lock(conn, id)?;
    if order.status != Status::PartlyReceived {
        may_become(&order, Status::Confirmed, "confirmed")?;
        order.status = Status::Confirmed;
    }
    let order: PurchaseOrder = diesel::update(purchase_orders::table.find(id))
        .set((
            purchase_orders::status.eq(order.status),
            purchase_orders::confirmed_on.eq(confirmed_on),
            purchase_orders::version.eq(order.version + 1),
        ))
        .returning(PurchaseOrder::as_returning())
        .get_result(conn)?;
    let lines = lines_of(conn, &order)?;
    expect(conn, &order, &lines, by, at)?;
    tell(
        conn,
        &order,
        by,
        "Confirmed",
        &confirmed_on.format("for %-d %b %Y").to_string(),
    )?;
    Ok(order)
}

/// What a person says about a purchase order under way.
#[derive(Debug, Clone)]
pub struct RestEdit {
    /// The version the form was made from.
    pub version: i32,
    /// When the buyer expects it.
    pub expected_on: Option<NaiveDate>,
    /// When the supplier says it comes.
    pub confirmed_on: Option<NaiveDate>,
    /// What carriage costs.
    pub shipping_cost: Money,
    /// For colleagues; may be empty.
    pub internal_note: String,
    /// Lines that change; the others stay.
    pub lines: Vec<RestLine>,
}

/// What a person says about a line under way.
#[derive(Debug, Clone)]
pub struct RestLine {
    /// The line.
    pub line: PurchaseLineId,
    /// Units asked for, with those that arrived; fewer than before: the difference is given up.
    pub wanted: Quantity,
    /// Own date; none: that of the purchase order.
    pub expected_on: Option<NaiveDate>,
}

/// Changes dates, and quantities of what has not arrived; every date that depends on them moves.
/// When nothing is left to come, the purchase order is received, or cancelled if nothing came.
///
/// # Errors
/// [`Error::CannotBe`] unless it is under way, [`Error::Changed`], [`Error::NoSuchLine`],
/// [`Error::LessThanReceived`].
pub fn edit_rest(
    conn: &mut PgConnection,
    id: PurchaseOrderId,
    edit: &RestEdit,
    by: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<PurchaseOrder, Error> {
    let order = lock_version(conn, id, edit.version)?;
    if !order.status.is_under_way() {
        return Err(Error::CannotBe {
            number: order.number,
            status: order.status,
            wanted: "changed",
        });
    }
    let mut lines = lines_of(conn, &order)?;
    let changes = apply(&order, &mut lines, &edit.lines)?;
    write_lines(conn, &lines)?;
    let mut order: PurchaseOrder = diesel::update(purchase_orders::table.find(id))
        .set((
            purchase_orders::expected_on.eq(edit.expected_on),
            purchase_orders::confirmed_on.eq(edit.confirmed_on),
            purchase_orders::shipping_cost.eq(edit.shipping_cost),
            purchase_orders::internal_note.eq(&edit.internal_note),
            purchase_orders::version.eq(order.version + 1),
        ))
        .returning(PurchaseOrder::as_returning())
        .get_result(conn)?;
    expect(conn, &order, &lines, by, at)?;
    if let Some(end) = end_of(&lines) {
        set_status(conn, &mut order, end, at)?;
    }
    tell(conn, &order, by, "Changed", &changes)?;
    Ok(order)
}

/// Writes what was said over the lines; answers with the changes of quantity, in words.
fn apply(
    order: &PurchaseOrder,
    lines: &mut [PurchaseLine],
    edits: &[RestLine],
) -> Result<String, Error> {
    let mut by_id: HashMap<PurchaseLineId, &mut PurchaseLine> =
        lines.iter_mut().map(|line| (line.id, line)).collect();
    let mut changes = Vec::new();
    for edit in edits {
        let line = by_id
            .get_mut(&edit.line)
            .ok_or_else(|| Error::NoSuchLine(order.number.clone()))?;
        let wanted = line.wanted();
        if edit.wanted != wanted {
            if edit.wanted < line.received {
                return Err(Error::LessThanReceived {
                    line: line.id,
                    received: line.received,
                });
            }
            line.ordered = line.ordered.max(edit.wanted);
            line.cancelled = line.ordered.less(edit.wanted);
            changes.push(format!(
                "line {}: {wanted} to {}",
                line.line_number, edit.wanted
            ));
        }
        line.expected_on = edit.expected_on;
    }
    Ok(changes.join(", "))
}

/// Gives up a purchase order: what has not arrived is not incoming any more.
///
/// # Errors
/// [`Error::CannotBe`] when it is received or cancelled.
pub fn cancel(
    conn: &mut PgConnection,
    id: PurchaseOrderId,
    reason: &str,
    by: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<PurchaseOrder, Error> {
    let mut order = lock(conn, id)?;
    may_become(&order, Status::Cancelled, "cancelled")?;
    let was_under_way = order.status.is_under_way();
    let mut lines = lines_of(conn, &order)?;
    give_up_rest(conn, &mut lines)?;
    if was_under_way {
        expect(conn, &order, &lines, by, at)?;
    }
    set_status(conn, &mut order, Status::Cancelled, at)?;
    tell(conn, &order, by, "Cancelled", reason)?;
    Ok(order)
}
