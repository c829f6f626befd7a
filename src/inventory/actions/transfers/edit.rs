//! Editing a draft.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::draft::{NewTransferLine, insert_lines};
use super::{lines_of, lock_draft, save, tell, write_lines};
use crate::db::Act;
use crate::inventory::actions::kept;
use crate::inventory::{Error, Transfer, queries};
use crate::schema::{products, transfer_lines};
use crate::types::{Event, ProductId, Quantity, Sku, TransferId, TransferLineId};

/// What a person says about a draft.
#[derive(Debug, Clone)]
pub struct TransferEdit {
    /// The version the form was made from.
    pub version: i32,
    /// When its goods arrive; none: said when they leave.
    pub expected_on: Option<NaiveDate>,
    /// For colleagues; may be empty.
    pub note: String,
    /// Units of lines that change, at least one each; the others stay.
    pub lines: Vec<(TransferLineId, Quantity)>,
}

/// Writes what a person says about a draft over what was there.
///
/// # Errors
/// [`Error::CannotBe`] when it was sent, [`Error::Changed`], [`Error::NoSuchLine`].
pub fn edit_transfer(
    act: &mut Act<'_>,
    id: TransferId,
    edit: &TransferEdit,
) -> Result<Transfer, Error> {
    let mut transfer = lock_draft(act, id, "edited")?;
    if transfer.version != edit.version {
        return Err(Error::Changed(transfer.number));
    }
    let before = lines_of(act, &transfer)?;
    let mut lines = before.clone();
    let mut by_id: HashMap<TransferLineId, _> =
        lines.iter_mut().map(|line| (line.id, line)).collect();
    for (line, quantity) in &edit.lines {
        let line = by_id
            .get_mut(line)
            .ok_or_else(|| Error::NoSuchLine(transfer.number.clone()))?;
        line.quantity = *quantity;
        line.scanned = line.scanned.min(*quantity);
    }
    let said = (edit.expected_on, &edit.note);
    if lines == before && (transfer.expected_on, &transfer.note) == said {
        return Ok(transfer);
    }
    write_lines(act, &lines)?;
    transfer.expected_on = edit.expected_on;
    transfer.note.clone_from(&edit.note);
    save(act, &mut transfer)?;
    tell(act, &transfer, &Event::Edited)?;
    Ok(transfer)
}

/// Adds the product of a SKU or a barcode to a draft.
///
/// # Errors
/// [`Error::CannotBe`] when it was sent, [`Error::NoSuchProduct`], [`Error::Archived`],
/// [`Error::IsKit`], [`Error::AlreadyOnLine`].
pub fn add_transfer_line(
    act: &mut Act<'_>,
    id: TransferId,
    called: &str,
    quantity: Quantity,
) -> Result<Transfer, Error> {
    let mut transfer = lock_draft(act, id, "edited")?;
    let (product, sku) = offered_product(act, called)?;
    let lines = lines_of(act, &transfer)?;
    if let Some(line) = lines.iter().find(|line| line.product_id == product) {
        return Err(Error::AlreadyOnLine(line.line_number));
    }
    let new = NewTransferLine { product, quantity };
    insert_lines(act, &transfer, &lines, &[new])?;
    save(act, &mut transfer)?;
    let units = quantity;
    tell(act, &transfer, &Event::LineAdded { units, sku })?;
    Ok(transfer)
}

/// The product of a SKU or a barcode, of which units may come.
///
/// # Errors
/// [`Error::NoSuchProduct`], [`Error::Archived`], [`Error::IsKit`].
pub fn offered_product(conn: &mut PgConnection, called: &str) -> Result<(ProductId, Sku), Error> {
    let product = queries::product_called(conn, called)?.ok_or(Error::NoSuchProduct)?;
    let (sku, is_archived): (Sku, bool) = products::table
        .find(product)
        .select((products::sku, products::archived_at.is_not_null()))
        .first(conn)?;
    if is_archived {
        return Err(Error::Archived(sku));
    }
    kept::no_kits(conn, &[product], "send")?;
    Ok((product, sku))
}

/// Takes a line off a draft.
///
/// # Errors
/// [`Error::CannotBe`] when it was sent, [`Error::NoSuchLine`].
pub fn remove_transfer_line(
    act: &mut Act<'_>,
    id: TransferId,
    line: TransferLineId,
) -> Result<Transfer, Error> {
    let mut transfer = lock_draft(act, id, "edited")?;
    let sku: Sku = transfer_lines::table
        .inner_join(products::table)
        .filter(transfer_lines::id.eq(line))
        .filter(transfer_lines::transfer_id.eq(id))
        .select(products::sku)
        .first(act.conn())
        .optional()?
        .ok_or_else(|| Error::NoSuchLine(transfer.number.clone()))?;
    diesel::delete(transfer_lines::table.find(line)).execute(act.conn())?;
    save(act, &mut transfer)?;
    tell(act, &transfer, &Event::LineRemoved { sku })?;
    Ok(transfer)
}
