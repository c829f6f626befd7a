//! What a part of a file comes to.

use super::left_out::{Refusal, Skipped};
use super::reading::ReadOrder;
use super::remarks::Remark;

/// What some lines of a file come to. Parts follow the orders of the file, and within each what is left
/// out stands as it was met, not by line.
#[derive(Debug, Default)]
pub struct Found {
    /// How many lines.
    pub lines: usize,
    pub orders: Vec<ReadOrder>,
    pub refusals: Vec<Refusal>,
    pub skipped: Vec<Skipped>,
    pub remarks: Vec<Remark>,
}

impl Found {
    pub(super) fn is_large(&self) -> bool {
        self.refusals.len() + self.remarks.len() >= super::judge::AT_ONCE
    }
}
