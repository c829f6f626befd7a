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

/// What SKUs and barcodes stand for.
#[derive(Debug, Clone, Default)]
pub struct Called {
    by_sku: HashMap<String, ProductId>,
    by_code: HashMap<String, ProductId>,
}

impl Called {
    /// The product of one of the texts that were looked for.
    pub fn product(&self, text: &str) -> Option<ProductId> {
        let by_sku = self.by_sku.get(&Sku::normal(text));
        by_sku.or_else(|| self.by_code.get(text)).copied()
    }
}

/// What each of some texts stands for, as somebody types or scans it.
pub fn called<'a>(
    conn: &mut PgConnection,
    texts: impl IntoIterator<Item = &'a str>,
) -> QueryResult<Called> {
    let texts: HashSet<&str> = texts.into_iter().collect();
    let skus: HashSet<String> = texts.iter().map(|text| Sku::normal(text)).collect();
    let by_sku: Vec<(String, ProductId)> = products::table
        .filter(products::sku.eq_any(skus))
        .select((products::sku, products::id))
        .load(conn)?;
    let by_code: Vec<(String, ProductId)> = barcodes::table
        .filter(barcodes::code.eq_any(texts))
        .select((barcodes::code, barcodes::product_id))
        .load(conn)?;
    Ok(Called {
        by_sku: by_sku.into_iter().collect(),
        by_code: by_code.into_iter().collect(),
    })
}

/// The products that SKUs or barcodes stand for, each once; or those that stand for none.
pub fn products_called(
    conn: &mut PgConnection,
    texts: &[String],
) -> QueryResult<Result<Vec<ProductId>, Vec<String>>> {
    let called = called(conn, texts.iter().map(String::as_str))?;
    let is_unknown = |text: &&String| called.product(text).is_none();
    let unknown: Vec<String> = texts.iter().filter(is_unknown).cloned().collect();
    if !unknown.is_empty() {
        return Ok(Err(unknown));
    }
    let products = texts.iter().filter_map(|text| called.product(text));
    let products: BTreeSet<ProductId> = products.collect();
    Ok(Ok(products.into_iter().collect()))
}
