//! SKUs that look alike and are not the same.

use std::collections::HashMap;

use super::known::Known;
use super::reading::Reading;
use super::remarks::{Remark, RemarkKind};

/// Capital letters of other alphabets that are drawn like Latin ones, in pairs.
const DRAWN_ALIKE: &str = "\u{410}A\u{412}B\u{415}E\u{41a}K\u{41c}M\u{41d}H\u{41e}O\u{420}P\u{421}C\u{422}T\u{423}Y\u{425}X\u{406}I\
     \u{408}J\u{405}S\u{391}A\u{392}B\u{395}E\u{396}Z\u{397}H\u{399}I\u{39a}K\u{39c}M\u{39d}N\u{39f}O\u{3a1}P\u{3a4}T\u{3a5}Y\u{3a7}X";

/// A SKU as it is seen.
pub fn seen(sku: &str) -> String {
    if sku.is_ascii() {
        return sku.to_owned();
    }
    let latin = |letter| {
        let mut pairs = DRAWN_ALIKE.chars();
        while let (Some(other), Some(latin)) = (pairs.next(), pairs.next()) {
            if other == letter {
                return latin;
            }
        }
        letter
    };
    sku.chars().map(latin).collect()
}

/// Says of each new product that looks like another.
pub(super) fn remarks(reading: &Reading, known: &Known) -> Vec<Remark> {
    let new = reading.products.iter().map(|product| product.sku.as_str());
    let all = known.products.keys().map(String::as_str).chain(new.clone());
    let mut alike: HashMap<String, &str> = HashMap::new();
    for sku in all.filter(|sku| seen(sku) == **sku) {
        alike.insert(sku.to_owned(), sku);
    }
    let mut remarks = Vec::new();
    for sku in new {
        let drawn = seen(sku);
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
