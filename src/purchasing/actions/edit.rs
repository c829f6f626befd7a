//! Editing a draft.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{lines_of, lock_version, must_be_draft, tell};
use crate::purchasing::{Error, PurchaseLine, PurchaseOrder};
use crate::schema::purchase_orders;
use crate::types::{Money, PurchaseLineId, PurchaseOrderId, Quantity, UserId};

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
    fn changes_nothing(&self, order: &PurchaseOrder, lines: &[PurchaseLine]) -> bool {
        let is_so = |said: &DraftLine| {
            lines.iter().any(|line| {
                line.id == said.line
                    && line.ordered == said.edit.quantity
                    && line.unit_price == said.edit.unit_price
                    && line.expected_on == said.edit.expected_on
            })
        };
        self.expected_on == order.expected_on
            && self.shipping_cost == order.shipping_cost
            && self.supplier_comment == order.supplier_comment
            && self.internal_note == order.internal_note
            && self.rate.is_none_or(|rate| rate == order.rate)
            && self.lines.iter().all(is_so)
    }
}

/// What a person says about a line of a draft.
#[derive(Debug, Clone)]
pub struct DraftLine {
    /// The line.
    pub line: PurchaseLineId,
    /// What becomes of it.
    pub edit: LineEdit,
}

/// A line as it shall be.
#[derive(Debug, Clone)]
pub struct LineEdit {
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
/// [`Error::CannotBe`] when it was sent, [`Error::Changed`], [`Error::NoSuchLine`].
pub fn edit_draft(
    conn: &mut PgConnection,
    id: PurchaseOrderId,
    edit: &DraftEdit,
    by: Option<UserId>,
) -> Result<PurchaseOrder, Error> {
    let order = lock_version(conn, id, edit.version)?;
    must_be_draft(&order)?;
    if edit.changes_nothing(&order, &lines_of(conn, &order)?) {
        return Ok(order);
    }
    write_draft_lines(conn, &order, &edit.lines)?;
    let order: PurchaseOrder = diesel::update(purchase_orders::table.find(id))
        .set((
            purchase_orders::expected_on.eq(edit.expected_on),
            purchase_orders::shipping_cost.eq(edit.shipping_cost),
            purchase_orders::supplier_comment.eq(&edit.supplier_comment),
            purchase_orders::internal_note.eq(&edit.internal_note),
            purchase_orders::rate.eq(edit.rate.unwrap_or(order.rate)),
            purchase_orders::version.eq(order.version + 1),
        ))
        .returning(PurchaseOrder::as_returning())
        .get_result(conn)?;
    tell(conn, &order, by, "Edited", "")?;
    Ok(order)
}

fn write_draft_lines(
    conn: &mut PgConnection,
    order: &PurchaseOrder,
    lines: &[DraftLine],
) -> Result<(), Error> {
    use diesel::sql_types::{Array, BigInt, Date, Integer, Nullable};
    let written = diesel::sql_query(
        "update purchase_order_lines l
         set ordered = u.ordered, unit_price = u.price, expected_on = u.expected_on
         from unnest($2, $3, $4, $5) as u (id, ordered, price, expected_on)
         where l.id = u.id and l.purchase_order_id = $1",
    )
    .bind::<BigInt, _>(order.id)
    .bind::<Array<BigInt>, _>(lines.iter().map(|line| line.line).collect::<Vec<_>>())
    .bind::<Array<Integer>, _>(
        lines
            .iter()
            .map(|line| line.edit.quantity)
            .collect::<Vec<_>>(),
    )
    .bind::<Array<BigInt>, _>(
        lines
            .iter()
            .map(|line| line.edit.unit_price)
            .collect::<Vec<_>>(),
    )
    .bind::<Array<Nullable<Date>>, _>(
        lines
            .iter()
            .map(|line| line.edit.expected_on)
            .collect::<Vec<_>>(),
    )
    .execute(conn)?;
    if written == lines.len() {
        Ok(())
    } else {
        Err(Error::NoSuchLine(order.number.clone()))
    }
}
