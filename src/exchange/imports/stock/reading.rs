//! What a file comes to.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::stock::{Limits, Place};
use crate::types::{LocationId, Quantity, Sku};

/// What a file comes to, as things are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// By line.
    pub changes: Vec<Change>,
    /// Lines that are left out, by line.
    pub refusals: Vec<Refusal>,
    /// Lines that say what is so already, or nothing.
    pub same: usize,
}

/// A line that changes something of a product in a warehouse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub line: usize,
    pub place: Place,
    pub sku: Sku,
    pub product: String,
    /// Its code.
    pub warehouse: String,
    /// The levels as they become, if one changes.
    pub limits: Option<Limits>,
    /// The bin it belongs in as it becomes, if that changes: which and its code; none: any.
    pub usual_bin: Option<Option<(LocationId, String)>>,
    /// Units that lie there and that were counted, if that differs.
    pub counted: Option<(Quantity, Quantity)>,
    /// What changes: name, as it is, as it becomes.
    pub figures: Vec<Figure>,
}

/// A figure that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    pub name: &'static str,
    pub old: String,
    pub new: String,
}

/// A line that is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub line: usize,
    /// What it calls the product.
    pub product: String,
    pub warehouse: String,
    pub reason: String,
}

impl Reading {
    /// How many figures change.
    pub fn figures(&self) -> usize {
        self.changes.iter().map(|change| change.figures.len()).sum()
    }

    /// Whether units are corrected.
    pub fn counts(&self) -> bool {
        self.changes.iter().any(|change| change.counted.is_some())
    }

    /// Stands for all that would change: what is confirmed is this, and nothing else.
    pub fn mark(&self) -> String {
        let mut hasher = Sha256::new();
        for change in &self.changes {
            hasher.update(change.to_string());
        }
        format!("{:x}", hasher.finalize())
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { warehouse, product } = self.place;
        write!(f, "{warehouse}/{product}")?;
        for Figure { name, old, new } in &self.figures {
            write!(f, " {name} {old}>{new}")?;
        }
        f.write_str(";")
    }
}
