//! SKUs that look alike and are not the same.

use std::collections::HashMap;

use super::known::Known;
use super::reading::Reading;
use super::remarks::{Remark, RemarkKind};
use crate::types::Sku;

/// Says of each new product that looks like another.
pub(super) fn remarks(reading: &Reading, known: &Known) -> Vec<Remark> {
    let new = reading.products.iter().map(|product| product.sku.as_str());
    let all = known.products.keys().map(String::as_str).chain(new.clone());
    let mut alike: HashMap<String, &str> = HashMap::new();
    for sku in all.filter(|sku| Sku::drawn(sku) == **sku) {
        alike.insert(sku.to_owned(), sku);
    }
    let mut remarks = Vec::new();
    for sku in new {
        let drawn = Sku::drawn(sku);
        let other = *alike.entry(drawn).or_insert(sku);
        if other != sku {
            let lines = reading.orders.iter().flat_map(|order| &order.lines);
            let first = lines
                .filter(|line| line.sku.as_str() == sku)
                .map(|line| line.line)
                .min();
            remarks.push(Remark {
                line: first.unwrap_or(1),
                order: String::new(),
                kind: RemarkKind::Lookalike,
                text: format!("{sku} looks like {other}, with letters of another alphabet"),
            });
        }
    }
    remarks
}
