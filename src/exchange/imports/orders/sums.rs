//! What orders and documents left out come to together.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::left_out::{ClosedCount, Skipped, Why};
use super::reading::ReadOrder;
use crate::types::Money;

/// Figures of a file, added up part by part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    pub orders: usize,
    /// Their lines.
    pub order_lines: usize,
    /// What they come to, by currency.
    totals: BTreeMap<String, Money>,
    /// Documents left out as a whole.
    pub skipped: usize,
    /// Lines of the file that were left out with their document.
    pub lines_skipped: usize,
    /// Orders that are left out because of a refused line, their own or one beside them.
    pub incomplete: usize,
    /// What needs nothing more, by what it is.
    pub closed: Vec<ClosedCount>,
}

impl Sums {
    /// Adds orders; `own` is the currency of those that name none.
    pub(in crate::exchange) fn add_orders(&mut self, orders: &[ReadOrder], own: &str) {
        for order in orders {
            self.orders += 1;
            self.order_lines += order.lines.len();
            let currency = order.currency.as_deref().unwrap_or(own);
            let total = self.totals.entry(currency.to_owned()).or_default();
            *total = *total + order.total();
        }
    }

    pub(in crate::exchange) fn add_skipped(&mut self, skipped: &[Skipped]) {
        for one in skipped {
            self.skipped += 1;
            self.lines_skipped += one.lines;
            match &one.why {
                Why::Incomplete { .. } | Why::Beside { .. } => self.incomplete += 1,
                Why::Closed {
                    kind,
                    is_whole,
                    units,
                } => self.add_closed(ClosedCount {
                    kind: *kind,
                    orders: usize::from(*is_whole),
                    lines: one.lines,
                    units: *units,
                }),
                _ => {}
            }
        }
    }

    fn add_closed(&mut self, one: ClosedCount) {
        match self.closed.iter_mut().find(|count| count.kind == one.kind) {
            Some(count) => {
                count.orders += one.orders;
                count.lines += one.lines;
                count.units += one.units;
            }
            None => {
                self.closed.push(one);
                self.closed.sort_by_key(|count| count.kind);
            }
        }
    }

    /// What the orders come to, by currency.
    pub fn totals(&self) -> String {
        let said = self
            .totals
            .iter()
            .map(|(code, total)| format!("{total} {code}"));
        let said: Vec<String> = said.map(|said| said.trim().to_owned()).collect();
        said.join(", ")
    }
}
