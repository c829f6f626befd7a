//! Editing a draft.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable};

use super::{check_total, lines_of, lock_version, must_be_draft, save, tell};
use crate::db::{Act, set_based};
use crate::purchasing::{Error, PurchaseLine, PurchaseOrder};
use crate::types::{Event, Money, PurchaseLineId, PurchaseOrderId, Quantity};

/// What a person says about a draft.
#[derive(Debug, Clone)]
pub struct DraftEdit {
    /// The version the form was made from.
    pub version: i32,
    /// When the buyer expects it; none: the lead time after it is sent.
    pub expected_on: Option<NaiveDate>,
    /// What carriage costs.
    pub shipping_cost: Money,
    /// For the supplier to read; may be empty.
    pub supplier_comment: String,
    /// For colleagues; may be empty.
    pub internal_note: String,
    /// What one unit of its currency is worth, in millionths of the company's; none: as it was.
    pub rate: Option<i64>,
    /// Lines that change; the others stay.
    pub lines: Vec<DraftLine>,
}

impl DraftEdit {
    /// One that says of a draft what stands there already.
    pub fn of(order: &PurchaseOrder) -> Self {
        Self {
            version: order.version,
            expected_on: order.expected_on,
            shipping_cost: order.shipping_cost,
            supplier_comment: order.supplier_comment.clone(),
            internal_note: order.internal_note.clone(),
            rate: None,
            lines: Vec::new(),
        }
    }

    fn changes_nothing(&self, order: &PurchaseOrder, lines: &[PurchaseLine]) -> bool {
        let is_so = |said: &DraftLine| {
            lines.iter().any(|line| {
                line.id == said.line
                    && line.ordered == said.quantity
                    && line.unit_price == said.unit_price
                    && line.expected_on == said.expected_on
            })
        };
        self.over(order.clone()) == *order && self.lines.iter().all(is_so)
    }

    /// The lines as this says they shall be.
    fn over_lines(&self, mut lines: Vec<PurchaseLine>) -> Vec<PurchaseLine> {
        for said in &self.lines {
            if let Some(line) = lines.iter_mut().find(|line| line.id == said.line) {
                line.ordered = said.quantity;
                line.unit_price = said.unit_price;
            }
        }
        lines
    }

    /// The purchase order as this says it shall be.
    fn over(&self, order: PurchaseOrder) -> PurchaseOrder {
        PurchaseOrder {
            expected_on: self.expected_on,
            shipping_cost: self.shipping_cost,
            supplier_comment: self.supplier_comment.clone(),
            internal_note: self.internal_note.clone(),
            rate: self.rate.or(order.rate),
            ..order
        }
    }
}

/// What a person says about a line of a draft.
#[derive(Debug, Clone)]
pub struct DraftLine {
    pub line: PurchaseLineId,
    /// Units; at least one.
    pub quantity: Quantity,
    /// Price of one unit.
    pub unit_price: Money,
    /// Own date; none: that of the purchase order.
    pub expected_on: Option<NaiveDate>,
}

/// Writes what a person says about a draft and its lines over what was there.
///
/// # Errors
/// [`Error::CannotBe`] when it was sent, [`Error::Changed`], [`Error::NoSuchLine`],
/// [`Error::TooMuch`].
pub fn edit_draft(
    act: &mut Act<'_>,
    id: PurchaseOrderId,
    edit: &DraftEdit,
) -> Result<PurchaseOrder, Error> {
    let order = lock_version(act, id, edit.version)?;
    must_be_draft(&order)?;
    let lines = lines_of(act, &order)?;
    if edit.changes_nothing(&order, &lines) {
        return Ok(order);
    }
    check_total(&edit.over_lines(lines))?;
    write_draft_lines(act, &order, &edit.lines)?;
    let mut order = edit.over(order);
    save(act, &mut order)?;
    tell(act, &order, &Event::Edited)?;
    Ok(order)
}

fn write_draft_lines(
    conn: &mut PgConnection,
    order: &PurchaseOrder,
    lines: &[DraftLine],
) -> Result<(), Error> {
    let written = set_based!(
        "update purchase_order_lines l
         set ordered = u.ordered, unit_price = u.price, expected_on = u.expected_on
         from :rows where l.id = u.id and l.purchase_order_id = :purchase",
        lines, |line| id: BigInt = line.line, ordered: Integer = line.quantity,
        price: BigInt = line.unit_price, expected_on: Nullable<Date> = line.expected_on;
        purchase: BigInt = order.id
    )
    .execute(conn)?;
    if written == lines.len() {
        Ok(())
    } else {
        Err(Error::NoSuchLine(order.number.clone()))
    }
}
