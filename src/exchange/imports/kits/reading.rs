//! What a file of kits comes to.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::inventory::KitEdit;
use crate::types::Sku;

/// What a file comes to, as things are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Kits that change, by the first of their lines.
    pub changes: Vec<Change>,
    /// Lines that are left out, by line.
    pub refusals: Vec<Refusal>,
    /// Kits that are packed so already.
    pub same: usize,
}

/// A kit that is packed otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The first line about it.
    pub line: usize,
    pub sku: Sku,
    pub name: String,
    pub edit: KitEdit,
    /// Its parts as they are, in words; empty: it is no kit yet.
    pub was: String,
    /// Its parts as they become.
    pub now: String,
}

/// A line that is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub line: usize,
    /// What it calls the kit.
    pub kit: String,
    /// And the part.
    pub part: String,
    pub reason: String,
}

impl Reading {
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
        write!(f, "{} {}>{};", self.edit.kit, self.was, self.now)
    }
}
