//! What a change of the books did, line by line.

use chrono::NaiveDate;

use super::effect::is_worse;
use super::error::Error;
use super::model::Place;
use super::origin::Origin;
use crate::types::{MovementId, OrderId, OrderLineId, Quantity};

/// What a change of the books did.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Lines whose units or date changed; a line that left the queue is not among them.
    pub lines: Vec<LineChange>,
    /// The movements that were written, in the order in which they happened.
    pub movements: Vec<MovementId>,
    /// Orders that were not taken into preparation, and why.
    pub refused: Vec<(OrderId, Error)>,
}

impl Outcome {
    /// Lines of which an operator took units, by order and line.
    pub fn taken(&self) -> Vec<&LineChange> {
        let taken = self
            .lines
            .iter()
            .filter(|line| line.taken > line.taken_before);
        let mut taken: Vec<_> = taken.collect();
        taken.sort_by_key(|line| (line.order, line.line_number));
        taken
    }
}

/// What a change of the books did to one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineChange {
    pub line: OrderLineId,
    pub order: OrderId,
    /// Its number there.
    pub line_number: i32,
    /// Where it waits.
    pub place: Place,
    pub to_ship: Quantity,
    /// Units reserved before.
    pub reserved_before: Quantity,
    /// Units reserved after.
    pub reserved: Quantity,
    /// Of these, units in a parcel before.
    pub taken_before: Quantity,
    /// Units in a parcel after.
    pub taken: Quantity,
    /// What covered its last missing unit before.
    pub covered_before: Option<(Origin, NaiveDate)>,
    /// What covers it now.
    pub covered_by: Option<(Origin, NaiveDate)>,
}

impl LineChange {
    /// Whether anything about it changed.
    pub(super) fn is_one(&self) -> bool {
        self.moves() || self.taken != self.taken_before
    }

    /// Whether it is worse off: fewer units, or as many and a later date or none.
    pub(super) fn is_worse(&self) -> bool {
        let date = |covered: Option<(Origin, NaiveDate)>| covered.map(|(_, date)| date);
        let before = (self.reserved_before, date(self.covered_before));
        is_worse(self.to_ship, before, (self.reserved, date(self.covered_by)))
    }

    /// Whether it has other units than before, or another date.
    pub(super) fn moves(&self) -> bool {
        self.reserved != self.reserved_before || self.covered_by != self.covered_before
    }
}
