//! The lines of an order, as its page lists them: what is missing first.

use std::collections::HashMap;

use serde::Deserialize;

use crate::sales::queries::LineShown;
use crate::types::{OrderLineId, Quantity};

/// An order of more lines can be narrowed to those that are missing.
const FEW: usize = 20;

/// What the page is narrowed to, as its URL has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Narrowing {
    /// `yes`: only the lines with something missing.
    missing: String,
}

/// All lines of an order, and which of them are listed.
pub(super) struct Lines {
    all: Vec<LineShown>,
    narrowing: Narrowing,
}

impl Lines {
    pub fn new(mut all: Vec<LineShown>, narrowing: Narrowing) -> Self {
        let urgency: HashMap<OrderLineId, u8> = all
            .iter()
            .map(|line| (line.line.id, line.urgency()))
            .collect();
        // Parts stay below their kit.
        all.sort_by_key(|line| urgency[&line.line.kit_line_id.unwrap_or(line.line.id)]);
        Self { all, narrowing }
    }

    pub fn listed(&self) -> impl Iterator<Item = &LineShown> {
        let only_missing = self.only_missing();
        let wanted = move |line: &&LineShown| !only_missing || line.is_short();
        self.all.iter().filter(wanted)
    }

    pub fn short(&self) -> impl Iterator<Item = &LineShown> {
        self.all.iter().filter(|line| line.is_short())
    }

    pub fn only_missing(&self) -> bool {
        self.narrowing.missing == "yes"
    }

    pub fn can_be_narrowed(&self) -> bool {
        self.only_missing() || (self.count() > FEW && self.short_count() > 0)
    }

    pub fn count(&self) -> usize {
        self.sold().count()
    }

    /// What was sold: kits, without their parts.
    fn sold(&self) -> impl Iterator<Item = &LineShown> {
        self.all.iter().filter(|line| !line.line.is_part())
    }

    pub fn short_count(&self) -> usize {
        self.sold().filter(|line| line.is_short()).count()
    }

    /// Units missing, of all lines.
    pub fn missing(&self) -> Quantity {
        self.sold().map(|line| line.look().missing()).sum()
    }

    /// Units the customer gets in all.
    pub fn units(&self) -> Quantity {
        self.sold().map(|line| line.line.wanted()).sum()
    }

    /// The path of the page of this order, as it is narrowed.
    pub fn here(&self, path: &str) -> String {
        if self.only_missing() {
            format!("{path}?missing=yes")
        } else {
            path.to_owned()
        }
    }
}
