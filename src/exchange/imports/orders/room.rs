//! How many units the orders of a file may still ask of the warehouse they go to.

use std::collections::{BTreeMap, HashMap};

use super::reading::ReadLine;
use crate::stock;
use crate::types::{Quantity, Sku};

/// Units by SKU; of a product that is not named, all that a place counts.
#[derive(Debug, Clone, Default)]
pub struct Room(pub HashMap<Sku, Quantity>);

impl Room {
    /// Hears of more products; what is left of those it knows stays as it is.
    pub(super) fn learn(&mut self, more: &Self) {
        for (sku, units) in &more.0 {
            if !self.0.contains_key(sku) {
                self.0.insert(sku.clone(), *units);
            }
        }
    }

    /// Takes the room that an order needs. Of which product it needs more than there is, if of any:
    /// then nothing is taken.
    pub(super) fn take(&mut self, lines: &[ReadLine]) -> Option<Sku> {
        let mut wanted: BTreeMap<&Sku, Quantity> = BTreeMap::new();
        for line in lines {
            *wanted.entry(&line.sku).or_default() += line.quantity;
        }
        let left = |sku: &Sku| self.0.get(sku).copied().unwrap_or(stock::MOST);
        if let Some((sku, _)) = wanted.iter().find(|(sku, units)| **units > left(sku)) {
            return Some((*sku).clone());
        }
        let left: Vec<_> = wanted
            .into_iter()
            .map(|(sku, units)| (sku.clone(), left(sku).less(units)))
            .collect();
        self.0.extend(left);
        None
    }
}
