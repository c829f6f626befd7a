//! Lines that join a draft, or leave it.

use diesel::prelude::*;

use super::draft::{NewLine, insert_lines};
use super::{lines_of, lock, must_be_draft, tell};
use crate::purchasing::{Error, PurchaseOrder};
use crate::schema::{products, purchase_order_lines, purchase_orders};
use crate::types::{ProductId, PurchaseLineId, PurchaseOrderId, Quantity, Sku, UserId};

/// Adds a product to a draft, at the supplier's price.
///
/// # Errors
/// [`Error::CannotBe`] when it was sent, [`Error::NoSuchProduct`], [`Error::AlreadyOnLine`].
pub fn add_line(
    conn: &mut PgConnection,
    id: PurchaseOrderId,
    sku: &Sku,
    quantity: Quantity,
    by: Option<UserId>,
) -> Result<PurchaseOrder, Error> {
    let order = lock(conn, id)?;
    must_be_draft(&order)?;
    let product: ProductId = products::table
        .filter(products::sku.eq(sku))
        .filter(products::archived_at.is_null())
        .select(products::id)
        .first(conn)
        .optional()?
        .ok_or_else(|| Error::NoSuchProduct(sku.to_string()))?;
    let lines = lines_of(conn, &order)?;
    if let Some(line) = lines.iter().find(|line| line.product_id == product) {
        return Err(Error::AlreadyOnLine(line.line_number));
    }
    let number = lines.last().map_or(1, |line| line.line_number + 1);
    insert_lines(conn, &order, number, &[NewLine { product, quantity }])?;
    raise_version(conn, &order)?;
    tell(
        conn,
        &order,
        by,
        "Line added",
        &format!("{quantity} of {sku}"),
    )?;
    Ok(order)
}

/// Takes a line off a draft.
///
/// # Errors
/// [`Error::CannotBe`] when it was sent, [`Error::NoSuchLine`].
pub fn remove_line(
    conn: &mut PgConnection,
    id: PurchaseOrderId,
    line: PurchaseLineId,
    by: Option<UserId>,
) -> Result<PurchaseOrder, Error> {
    let order = lock(conn, id)?;
    must_be_draft(&order)?;
    let of_order = purchase_order_lines::table
        .filter(purchase_order_lines::id.eq(line))
        .filter(purchase_order_lines::purchase_order_id.eq(id));
    let sku: Sku = of_order
        .inner_join(products::table)
        .select(products::sku)
        .first(conn)
        .optional()?
        .ok_or_else(|| Error::NoSuchLine(order.number.clone()))?;
    diesel::delete(purchase_order_lines::table.find(line)).execute(conn)?;
    raise_version(conn, &order)?;
    tell(conn, &order, by, "Line removed", sku.as_str())?;
    Ok(order)
}

fn raise_version(conn: &mut PgConnection, order: &PurchaseOrder) -> QueryResult<usize> {
    diesel::update(purchase_orders::table.find(order.id))
        .set(purchase_orders::version.eq(order.version + 1))
        .execute(conn)
}
