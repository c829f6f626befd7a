//! What of a file is not imported, and why.

use std::fmt::Display;

use serde::{Deserialize, Serialize};

use super::status::Closing;
use crate::types::{Sku, TooMuch, grouped};

/// How much of a file needs nothing more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedCount {
    pub kind: Closing,
    /// Orders that are left out as a whole.
    pub orders: usize,
    /// Lines of the file, of such orders and of others.
    pub lines: usize,
    pub units: u64,
}

/// A line that cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Its number, as an editor shows it.
    pub line: usize,
    /// Its order; may be empty.
    pub order: String,
    /// What it says.
    pub says: String,
    /// Why it cannot be.
    pub reason: String,
}

/// A document left out as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Its first line.
    pub line: usize,
    /// Its last line.
    pub last: usize,
    pub order: String,
    /// How many lines go with it; refused ones are not counted.
    pub lines: usize,
    /// Why.
    pub why: Why,
}

/// Why a document is left out as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It takes an order back.
    Cancellation,
    /// An order with this number is here.
    AlreadyImported,
    /// Nothing in it can be shipped.
    OnlyCharges,
    /// All of it was taken back by other lines of it.
    Returned,
    /// It needs nothing more, or these lines of it.
    Closed {
        kind: Closing,
        is_whole: bool,
        units: u64,
    },
    /// Some of its lines were refused.
    Incomplete { refused: usize },
    /// It comes to more than can be written down.
    TooMuch(TooMuch),
    /// With it more units of this product would be asked of the warehouse than it counts.
    Crowded(Sku),
    /// A line beside it belongs to no order, and so perhaps to it.
    Beside { line: usize },
}

impl Skipped {
    /// Why, in a sentence.
    pub fn reason(&self) -> String {
        let order = &self.order;
        match &self.why {
            Why::Cancellation => format!("{order} is a cancellation: not imported."),
            Why::AlreadyImported => {
                format!("An order {order} is here already: not imported again.")
            }
            Why::Returned => format!("{order} takes back all that it asks for: nothing to ship."),
            Why::Closed {
                kind,
                is_whole: true,
                units,
            } => {
                let units = grouped(units);
                format!("{order} is {kind}: left out with {units} units.")
            }
            Why::Closed { kind, units, .. } => {
                let (lines, units) = (grouped(self.lines), grouped(units));
                format!("{order} has lines that are {kind} ({lines}): left out with {units} units.")
            }
            Why::OnlyCharges => format!("{order} holds charges and no goods: nothing to ship."),
            Why::Incomplete { refused: 1 } => {
                format!(
                    "{order} has a refused line: left out, so that no order is imported incomplete."
                )
            }
            Why::Beside { line } => format!(
                "{order} stands beside line {line}, which names no order: left out, since that line may be its own."
            ),
            Why::TooMuch(why) => format!("{order} is left out. {why}"),
            Why::Crowded(sku) => format!(
                "{order} is left out: with it the warehouse would have to ship more than 1,000,000,000 units of {sku}."
            ),
            Why::Incomplete { refused } => {
                let refused = grouped(refused);
                format!(
                    "{order} has {refused} refused lines: left out, so that no order is imported incomplete."
                )
            }
        }
    }

    /// The lines of the file it begins and ends on.
    pub fn place(&self) -> String {
        lines_in_words(self.line, self.last)
    }
}

/// `7`, `7–9`.
pub fn lines_in_words<Line: PartialEq + Display>(first: Line, last: Line) -> String {
    if first == last {
        first.to_string()
    } else {
        format!("{first}\u{2013}{last}")
    }
}
