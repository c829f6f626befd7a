//! What a document says of how far it is: what is closed stays out, unless so chosen.

use super::{Document, skipped};
use crate::exchange::imports::orders::column::Column;
use crate::exchange::imports::orders::left_out::{Skipped, Why};
use crate::exchange::imports::orders::numbers::Count;
use crate::exchange::imports::orders::remarks::RemarkKind;
use crate::exchange::imports::orders::status::{Closing, Progress, progress};
use crate::sheet::Row;

/// What is said of an order, and so of each of its lines.
const OF_ORDER: [Column; 3] = [Column::Status, Column::Payment, Column::Fulfilment];

impl<'f, 'a> Document<'f, 'a> {
    /// Takes out the lines that need nothing more, by what they are.
    pub(super) fn take_closed(&mut self) -> Vec<Skipped> {
        if self.choices.with_closed {
            return Vec::new();
        }
        let all = self.rows.len();
        let mut closed: Vec<Skipped> = Vec::new();
        for kind in Closing::ALL {
            let rows = self.rows.iter().copied();
            let rows: Vec<&Row<'a>> = rows
                .filter(|&row| self.closing(row) == Some(*kind))
                .collect();
            if rows.is_empty() {
                continue;
            }
            let counts = rows.iter().map(|row| match self.count(row) {
                Ok(Count::Units(units)) => u64::from(units.get()),
                _ => 0,
            });
            let why = Why::Closed {
                kind: *kind,
                is_whole: rows.len() == all,
                units: counts.sum(),
            };
            closed.push(skipped(self.number, &rows, rows.len(), why));
        }
        let rows = self.rows.iter().copied();
        self.rows = rows.filter(|&row| self.closing(row).is_none()).collect();
        closed
    }

    fn closing(&self, row: &'f Row<'a>) -> Option<Closing> {
        if !self.of_order(row, Column::CancelledAt).is_empty() {
            return Some(Closing::Cancelled);
        }
        self.said(row).find_map(|word| match progress(word) {
            Progress::Closed(kind) => Some(kind),
            Progress::Open | Progress::Partly | Progress::Unknown => None,
        })
    }

    /// Words about a line that is imported, which somebody should know of.
    pub(super) fn remark_progress(&mut self, row: &'f Row<'a>) {
        let words: Vec<&str> = self.said(row).collect();
        for word in words {
            let text = || format!("{word:?}");
            match progress(word) {
                Progress::Open | Progress::Closed(_) => {}
                Progress::Partly => self.remark_once(row, RemarkKind::Partly, text),
                Progress::Unknown => self.remark_once(row, RemarkKind::UnknownStatus, text),
            }
        }
    }

    fn said(&self, row: &'f Row<'a>) -> impl Iterator<Item = &'f str> {
        let of_order = OF_ORDER.map(|column| self.of_order(row, column));
        [self.cell(row, Column::LineStatus)]
            .into_iter()
            .chain(of_order)
    }

    /// What a line says of its order, or its first line for it.
    fn of_order(&self, row: &'f Row<'a>, column: Column) -> &'f str {
        match self.cell(row, column) {
            "" => self
                .rows
                .first()
                .map_or("", |first| self.cell(first, column)),
            said => said,
        }
    }
}
