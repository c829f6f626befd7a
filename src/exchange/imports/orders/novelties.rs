//! Products that come with the orders of a file.

use std::collections::HashMap;

use super::known::Known;
use super::names::Names;
use super::reading::{NewProduct, ReadOrder};
use crate::types::{Money, Sku};

/// Products the catalog does not know, in the order of the file.
#[derive(Default)]
pub(super) struct Novelties {
    places: HashMap<Sku, usize>,
    pub(super) products: Vec<NewProduct>,
    /// Of each, the first line that asks for it.
    lines: Vec<usize>,
}

impl Novelties {
    pub(super) fn hear(&mut self, orders: &[ReadOrder], known: &Known, names: &Names) {
        for order in orders {
            let is_foreign = known.is_foreign(order.currency.as_deref());
            for line in &order.lines {
                if known.products.contains_key(line.sku.as_str()) {
                    continue;
                }
                if let Some(place) = self.places.get(&line.sku) {
                    let first = &mut self.lines[*place];
                    *first = (*first).min(line.line);
                    continue;
                }
                let mut product = names.product(&line.sku);
                if is_foreign {
                    product.price = Money::ZERO;
                }
                self.places.insert(line.sku.clone(), self.products.len());
                self.products.push(product);
                self.lines.push(line.line);
            }
        }
    }

    /// Each with the first line that asks for it.
    pub(super) fn with_lines(&self) -> impl Iterator<Item = (&Sku, usize)> {
        let lines = self.lines.iter().copied();
        self.products.iter().map(|product| &product.sku).zip(lines)
    }
}
