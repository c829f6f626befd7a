//! Products, as the form of an order looks for them.

use std::collections::HashMap;

use diesel::prelude::*;

use super::narrow::name_pattern;
use crate::db::{beginning, lower};
use crate::schema::products;
use crate::types::Sku;

/// SKU and name of the first few products that are like what somebody types.
pub fn products_like(conn: &mut PgConnection, q: &str) -> QueryResult<Vec<(String, String)>> {
    let q = q.trim();
    if q.is_empty() {
        return Ok(Vec::new());
    }
    let found: Vec<(Sku, String)> = products::table
        .filter(products::archived_at.is_null())
        .filter(
            products::sku
                .like(beginning(&Sku::normal(q)))
                .or(lower(products::name).like(name_pattern(q))),
        )
        .order(products::sku)
        .limit(12)
        .select((products::sku, products::name))
        .load(conn)?;
    let texts = found.into_iter().map(|(sku, name)| (sku.to_string(), name));
    Ok(texts.collect())
}

/// What the products of these SKUs are called, by SKU.
pub fn names_of<'a>(
    conn: &mut PgConnection,
    skus: impl Iterator<Item = &'a str>,
) -> QueryResult<HashMap<String, String>> {
    let skus: Vec<String> = skus.map(Sku::normal).collect();
    let found: Vec<(Sku, String)> = products::table
        .filter(products::sku.eq_any(skus))
        .select((products::sku, products::name))
        .load(conn)?;
    let names = found.into_iter().map(|(sku, name)| (sku.to_string(), name));
    Ok(names.collect())
}
