//! Lines that join a draft, or leave it.

use diesel::prelude::*;

use super::draft::{NewLine, insert_lines};
use super::{lines_of, lock, must_be_draft, save, tell};
use crate::db::Act;
use crate::purchasing::{Error, PurchaseOrder};
use crate::schema::{products, purchase_order_lines};
use crate::types::{Event, ProductId, PurchaseLineId, PurchaseOrderId, Quantity, Sku};

/// Adds a product to a draft, at the supplier's price.
///
/// # Errors
/// [`Error::CannotBe`] when it was sent, [`Error::NoSuchProduct`], [`Error::IsKit`],
/// [`Error::AlreadyOnLine`].
pub fn add_line(
    act: &mut Act<'_>,
    id: PurchaseOrderId,
    sku: &Sku,
    quantity: Quantity,
) -> Result<PurchaseOrder, Error> {
    let mut order = lock(act, id)?;
    must_be_draft(&order)?;
    let product: ProductId = products::table
        .filter(products::sku.eq(sku))
        .filter(products::archived_at.is_null())
        .select(products::id)
        .first(act.conn())
        .optional()?
        .ok_or_else(|| Error::NoSuchProduct(sku.to_string()))?;
    let lines = lines_of(act, &order)?;
    if let Some(line) = lines.iter().find(|line| line.product_id == product) {
        return Err(Error::AlreadyOnLine(line.line_number));
    }
    insert_lines(act, &order, lines, &[NewLine { product, quantity }])?;
    save(act, &mut order)?;
    let (units, sku) = (quantity, sku.clone());
    tell(act, &order, &Event::LineAdded { units, sku })?;
    Ok(order)
}

/// Takes a line off a draft.
///
/// # Errors
/// [`Error::CannotBe`] when it was sent, [`Error::NoSuchLine`].
pub fn remove_line(
    act: &mut Act<'_>,
    id: PurchaseOrderId,
    line: PurchaseLineId,
) -> Result<PurchaseOrder, Error> {
    let mut order = lock(act, id)?;
    must_be_draft(&order)?;
    let of_order = purchase_order_lines::table
        .filter(purchase_order_lines::id.eq(line))
        .filter(purchase_order_lines::purchase_order_id.eq(id));
    let sku: Sku = of_order
        .inner_join(products::table)
        .select(products::sku)
        .first(act.conn())
        .optional()?
        .ok_or_else(|| Error::NoSuchLine(order.number.clone()))?;
    diesel::delete(purchase_order_lines::table.find(line)).execute(act.conn())?;
    save(act, &mut order)?;
    tell(act, &order, &Event::LineRemoved { sku })?;
    Ok(order)
}
