//! What a scanner reads off goods.

use diesel::prelude::*;

use crate::schema::{barcodes, products};
use crate::types::{ProductId, Quantity, Sku};

/// The product of this SKU or barcode, and how many units it stands for: those in a case.
pub fn product_scanned(
    conn: &mut PgConnection,
    text: &str,
) -> QueryResult<Option<(ProductId, Quantity)>> {
    let by_sku: Option<ProductId> = products::table
        .filter(products::sku.eq(Sku::normal(text)))
        .select(products::id)
        .first(conn)
        .optional()?;
    if let Some(product) = by_sku {
        return Ok(Some((product, Quantity::new(1))));
    }
    barcodes::table
        .find(text.trim())
        .select((barcodes::product_id, barcodes::units))
        .first(conn)
        .optional()
}
