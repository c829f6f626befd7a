//! What may still change after a purchase order was sent: dates, and what has not arrived.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{
    becomes, check_total, end_of, expect, lines_of, lock, lock_version, may_become, must, save,
    tell, without_rest, write_lines,
};
use crate::db::Act;
use crate::purchasing::{Error, PurchaseLine, PurchaseOrder, Status};
use crate::types::{
    DateNamed, Event, LineChanged, Money, PurchaseLineId, PurchaseOrderId, Quantity,
};

/// The supplier says when it comes, or says something else than before.
///
/// # Errors
/// [`Error::CannotBe`] unless it is under way.
pub fn confirm(
    act: &mut Act<'_>,
    id: PurchaseOrderId,
    day: NaiveDate,
) -> Result<PurchaseOrder, Error> {
    let mut order = lock(act, id)?;
    if order.status != Status::PartlyReceived {
        may_become(&order, Status::Confirmed, "confirmed")?;
        order.status = Status::Confirmed;
    }
    order.confirmed_on = Some(day);
    save(act, &mut order)?;
    let lines = lines_of(act, &order)?;
    expect(act, &order, &lines)?;
    tell(act, &order, &Event::Confirmed { day })?;
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
    pub line: PurchaseLineId,
    /// Units asked for, with those that arrived; fewer than before: the difference is given up.
    pub wanted: Quantity,
    /// When the buyer expects it; none: as the purchase order.
    pub expected_on: Option<NaiveDate>,
    /// When the supplier says it comes; none: as the purchase order.
    pub confirmed_on: Option<NaiveDate>,
}

/// Changes dates, and quantities of what has not arrived; every date that depends on them moves. A
/// day of the supplier confirms it. When nothing is left to come, the purchase order is received, or
/// cancelled if nothing came.
///
/// # Errors
/// [`Error::CannotBe`] unless it is under way, [`Error::Changed`], [`Error::NoSuchLine`],
/// [`Error::LessThanReceived`], [`Error::TooMuch`], [`Error::TooManyComing`].
pub fn edit_rest(
    act: &mut Act<'_>,
    id: PurchaseOrderId,
    edit: &RestEdit,
) -> Result<PurchaseOrder, Error> {
    let mut order = lock_version(act, id, edit.version)?;
    must(&order, order.status.is_under_way(), "changed")?;
    let mut lines = lines_of(act, &order)?;
    let named = Named::of(&order, &lines);
    let changed = apply(&order, &mut lines, &edit.lines)?;
    check_total(&lines)?;
    write_lines(act, &lines)?;
    order.expected_on = edit.expected_on;
    order.confirmed_on = edit.confirmed_on;
    order.shipping_cost = edit.shipping_cost;
    order.internal_note.clone_from(&edit.internal_note);
    let dates = named.changed(&Named::of(&order, &lines));
    let is_stated = dates.iter().any(|date| date.stated && date.day.is_some());
    if let Some(end) = end_of(&lines) {
        becomes(&mut order, end, act.at());
    } else if order.status == Status::Sent && is_stated {
        becomes(&mut order, Status::Confirmed, act.at());
    }
    save(act, &mut order)?;
    expect(act, &order, &lines)?;
    let lines = changed;
    tell(act, &order, &Event::RestChanged { lines, dates })?;
    Ok(order)
}

/// The days that are named for a purchase order and its lines.
struct Named(Vec<DateNamed>);

impl Named {
    fn of(order: &PurchaseOrder, lines: &[PurchaseLine]) -> Self {
        let own = (None, order.expected_on, order.confirmed_on);
        let lines = lines
            .iter()
            .map(|line| (Some(line.line_number), line.expected_on, line.confirmed_on));
        let both = |(line, expected_on, confirmed_on)| {
            [(false, expected_on), (true, confirmed_on)].map(|(stated, day)| DateNamed {
                line,
                stated,
                day,
            })
        };
        Self(std::iter::once(own).chain(lines).flat_map(both).collect())
    }

    /// What `now` says otherwise, of the same lines.
    fn changed(self, now: &Self) -> Vec<DateNamed> {
        let pairs = self.0.iter().zip(&now.0);
        let changed = pairs.filter(|(was, now)| was != now);
        changed.map(|(_, now)| now.clone()).collect()
    }
}

/// Writes what was said over the lines; answers with those that ask for more or fewer units.
fn apply(
    order: &PurchaseOrder,
    lines: &mut [PurchaseLine],
    edits: &[RestLine],
) -> Result<Vec<LineChanged>, Error> {
    let mut by_id: HashMap<PurchaseLineId, &mut PurchaseLine> =
        lines.iter_mut().map(|line| (line.id, line)).collect();
    let mut changed = Vec::new();
    for edit in edits {
        let line = by_id
            .get_mut(&edit.line)
            .ok_or_else(|| Error::NoSuchLine(order.number.clone()))?;
        line.expected_on = edit.expected_on;
        line.confirmed_on = edit.confirmed_on;
        let (was, now) = (line.wanted(), edit.wanted);
        if now == was {
            continue;
        }
        if now < line.received {
            return Err(Error::LessThanReceived {
                line: line.id,
                received: line.received,
            });
        }
        line.ordered = line.ordered.max(now);
        line.cancelled = line.ordered.less(now);
        let line = line.line_number;
        changed.push(LineChanged { line, was, now });
    }
    Ok(changed)
}

/// Gives up a purchase order: what has not arrived is not incoming any more.
///
/// # Errors
/// [`Error::CannotBe`] when it is received or cancelled.
pub fn cancel(
    act: &mut Act<'_>,
    id: PurchaseOrderId,
    reason: &str,
) -> Result<PurchaseOrder, Error> {
    let mut order = lock(act, id)?;
    may_become(&order, Status::Cancelled, "cancelled")?;
    let mut lines = lines_of(act, &order)?;
    lines.iter_mut().for_each(without_rest);
    write_lines(act, &lines)?;
    if order.status.is_under_way() {
        expect(act, &order, &lines)?;
    }
    becomes(&mut order, Status::Cancelled, act.at());
    order.rest_cancelled = true;
    save(act, &mut order)?;
    let reason = reason.to_owned();
    tell(act, &order, &Event::Cancelled { reason })?;
    Ok(order)
}
