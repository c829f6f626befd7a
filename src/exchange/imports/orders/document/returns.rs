//! Lines that take back what other lines of the same document ask for, or add them up.

use super::Document;
use super::lines::NO_SKU;
use crate::exchange::imports::orders::judge::refusal;
use crate::exchange::imports::orders::numbers::Count;
use crate::exchange::imports::orders::remarks::RemarkKind;
use crate::sheet::Row;
use crate::types::{Quantity, Sku};

/// Units that come back.
pub(super) struct Returned<'f, 'a> {
    pub(super) row: &'f Row<'a>,
    pub(super) sku: Sku,
    pub(super) units: Quantity,
}

impl Document<'_, '_> {
    /// A row without product, words and price adds up the others: so does the first of an order,
    /// though it may count otherwise, and any that comes to the same. Else its SKU is missing.
    pub(super) fn check_totals(&mut self) {
        let units: Quantity = self.lines.iter().map(|line| line.quantity).sum();
        let first = self.rows.first().map_or(0, |row| row.line);
        for row in std::mem::take(&mut self.totals) {
            let count = self.count(row);
            let is_same = count == Ok(Count::Units(units));
            if self.lines.is_empty() || !is_same && row.line != first {
                self.refusals.push(refusal(row, self.number, NO_SKU));
                continue;
            }
            self.netted += 1;
            let text = match count {
                Ok(Count::Units(sum)) if !is_same => {
                    format!("{sum} units, and its lines have {units}")
                }
                _ => format!("{units} units"),
            };
            self.remark(row, RemarkKind::Totals, text);
        }
    }

    /// Takes returned units off the lines of their product, the last line first; what is returned
    /// and was not ordered here is refused.
    pub(super) fn net_returns(&mut self) {
        for Returned { row, sku, units } in std::mem::take(&mut self.returned) {
            let places = self.places.get(&sku).map_or(&[][..], Vec::as_slice);
            let asked: Quantity = places.iter().map(|at| self.lines[*at].quantity).sum();
            if asked < units {
                let reason = "The quantity is negative: a return or a correction, not an order.";
                self.refusals.push(refusal(row, self.number, reason));
                continue;
            }
            let mut open = units;
            for at in places.iter().rev() {
                let line = &mut self.lines[*at];
                let taken = open.min(line.quantity);
                line.quantity = line.quantity.less(taken);
                open = open.less(taken);
            }
            self.netted += 1;
            let left = asked.less(units);
            let text = format!("{units} \u{d7} {sku} taken back: {left} left");
            self.remark(row, RemarkKind::Netted, text);
        }
        let gone = self.lines.iter().filter(|line| line.quantity.is_zero());
        self.netted += gone.map(|line| line.merged).sum::<usize>();
        self.lines.retain(|line| !line.quantity.is_zero());
    }
}
