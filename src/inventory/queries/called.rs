//! Products, as people type or scan them.

use std::collections::{BTreeSet, HashMap, HashSet};

use diesel::prelude::*;

use crate::db::Fragment;
use crate::schema::{barcodes, products};
use crate::types::{ProductId, Sku};

/// Whether a product has one word of a barcode box as its barcode, or all that stands in it. Its ids are
/// looked up first, so that indexes serve this together with what else a word may mean.
pub(super) fn scanned(word: &str, whole: &str) -> Fragment {
    let begin = "products.id = any(array(select b.product_id from barcodes b where b.code in (";
    let fragment = Fragment::text(begin).value(word);
    fragment.then(", ").value(whole).then(")))")
}

/// The product of this SKU or barcode, as somebody types or scans it.
pub fn product_called(conn: &mut PgConnection, text: &str) -> QueryResult<Option<ProductId>> {
    let sku = Sku::normal(text);
    products::table
        .filter(products::sku.eq(&sku))
        .or_filter(scanned(text, text))
        .order(products::sku.eq(&sku).desc())
        .select(products::id)
        .first(conn)
        .optional()
}

/// The products that SKUs or barcodes stand for, each once; or those that stand for none.
pub fn products_called(
    conn: &mut PgConnection,
    texts: &[String],
) -> QueryResult<Result<Vec<ProductId>, Vec<String>>> {
    let skus: HashSet<String> = texts.iter().map(|text| Sku::normal(text)).collect();
    let by_sku: Vec<(String, ProductId)> = products::table
        .filter(products::sku.eq_any(skus))
        .select((products::sku, products::id))
        .load(conn)?;
    let by_code: Vec<(String, ProductId)> = barcodes::table
        .filter(barcodes::code.eq_any(texts))
        .select((barcodes::code, barcodes::product_id))
        .load(conn)?;
    let (by_sku, by_code): (HashMap<_, _>, HashMap<_, _>) =
        (by_sku.into_iter().collect(), by_code.into_iter().collect());
    let known = |text: &String| by_sku.get(&Sku::normal(text)).or(by_code.get(text));
    let unknown: Vec<String> = texts
        .iter()
        .filter(|text| known(text).is_none())
        .cloned()
        .collect();
    if !unknown.is_empty() {
        return Ok(Err(unknown));
    }
    let products: BTreeSet<ProductId> = texts.iter().filter_map(known).copied().collect();
    Ok(Ok(products.into_iter().collect()))
}
