//! SKUs that look alike and are not the same.

use std::collections::{HashMap, HashSet};

use super::known::Known;
use super::novelties::Novelties;
use super::remarks::{Remark, RemarkKind};
use crate::types::Sku;

/// How new products with letters of another alphabet look: products called so are to be known.
pub(super) fn drawn(new: &Novelties) -> HashSet<String> {
    let skus = new.with_lines().map(|(sku, _)| sku.as_str());
    let drawn = skus.map(|sku| (sku, Sku::drawn(sku)));
    drawn
        .filter(|(sku, drawn)| drawn != sku)
        .map(|(_, drawn)| drawn)
        .collect()
}

/// Says of each new product that looks like another.
pub(super) fn remarks(new: &Novelties, known: &Known) -> Vec<Remark> {
    let skus = new.with_lines().map(|(sku, _)| sku.as_str());
    let all = known.products.keys().map(String::as_str).chain(skus);
    let mut alike: HashMap<String, &str> = HashMap::new();
    for sku in all.filter(|sku| Sku::drawn(sku) == **sku) {
        alike.insert(sku.to_owned(), sku);
    }
    let mut remarks = Vec::new();
    for (sku, line) in new.with_lines() {
        let sku = sku.as_str();
        let other = *alike.entry(Sku::drawn(sku)).or_insert(sku);
        if other != sku {
            remarks.push(Remark {
                line,
                order: String::new(),
                kind: RemarkKind::Lookalike,
                text: format!("{sku} looks like {other}, with letters of another alphabet"),
            });
        }
    }
    remarks
}
