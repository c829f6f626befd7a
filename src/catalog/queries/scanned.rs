//! What was scanned.

use diesel::prelude::*;

use super::products::product_by_sku;
use crate::catalog::Product;
use crate::schema::{barcodes, products};
use crate::types::{Element, Quantity, Sku};

/// The product that a SKU or a barcode stands for, as somebody types or scans it, and how many units of
/// it: a case has more than one, and a GS1 symbol may say how many.
pub fn product_scanned(
    conn: &mut PgConnection,
    text: &str,
) -> QueryResult<Option<(Product, Quantity)>> {
    if let Ok(sku) = Sku::parse(text)
        && let Some(product) = product_by_sku(conn, &sku)?
    {
        return Ok(Some((product, Quantity::new(1))));
    }
    let (text, said) = (text.trim(), Element::read(text));
    let mut codes = vec![text];
    codes.extend(said.iter().flat_map(Element::codes));
    let found: Vec<(String, Product, Quantity)> = barcodes::table
        .inner_join(products::table)
        .filter(barcodes::code.eq_any(&codes))
        .select((barcodes::code, Product::as_select(), barcodes::units))
        .load(conn)?;
    let place = |code: &str| codes.iter().position(|each| *each == code);
    let first = found.into_iter().min_by_key(|(code, ..)| place(code));
    Ok(first.map(|(code, product, units)| {
        let said = said.as_ref().filter(|_| code != text);
        let times = said.map_or(1, Element::count);
        (product, units.times(Quantity::new(times)))
    }))
}
