//! Kits, as people change them.

use super::Error;
use crate::catalog::KitPart;
use crate::types::{ProductId, Quantity};

/// Parts of one kit.
pub const MOST_PARTS: usize = 50;
/// Units of a part in one kit.
pub const MOST_PER_KIT: Quantity = Quantity::new(10_000);

/// A part of a kit to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub product: ProductId,
    /// Units of it in one kit.
    pub quantity: Quantity,
}

/// What a product is to be packed of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KitEdit {
    pub kit: ProductId,
    /// The [`mark`] of its parts as whoever changes them saw them.
    pub seen: String,
    /// None: it is no kit any more.
    pub parts: Vec<Part>,
}

impl KitEdit {
    /// Whether it is no kit yet.
    pub fn begins(&self) -> bool {
        self.seen.is_empty() && !self.parts.is_empty()
    }

    /// The [`mark`] of its parts as they are to be.
    pub fn mark(&self) -> String {
        written(self.parts.iter().map(|part| (part.product, part.quantity)))
    }

    /// Whether it is no kit any more.
    pub fn ends(&self) -> bool {
        !self.seen.is_empty() && self.parts.is_empty()
    }
}

/// Stands for the parts of a kit; empty: it has none.
pub fn mark(parts: &[KitPart]) -> String {
    written(parts.iter().map(|part| (part.product_id, part.quantity)))
}

fn written(parts: impl Iterator<Item = (ProductId, Quantity)>) -> String {
    let mut parts: Vec<(ProductId, Quantity)> = parts.collect();
    parts.sort_unstable();
    let parts = parts.iter().map(|(id, units)| format!("{id}x{units}"));
    parts.collect::<Vec<_>>().join(" ")
}

/// Why a kit cannot be so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Which of the edits.
    pub kit: usize,
    /// Which of its parts it is about; none: the kit itself.
    pub part: Option<usize>,
    /// In a sentence.
    pub why: String,
}

impl Wrong {
    /// The name of the box it stands beside, in the form of one kit.
    pub fn field(&self) -> String {
        self.part
            .map_or_else(|| "parts".into(), |part| format!("sku-{part}"))
    }
}

impl From<Vec<Wrong>> for Error {
    fn from(all: Vec<Wrong>) -> Self {
        Self::Kits(all)
    }
}
