//! Writes the differences between the books as they were and as they are: a statement per table.

mod consignments;
mod demand;
mod ledgers;
mod levels;
mod supply;
mod turns;

pub(super) use consignments::{Consigned, consignments};
pub(super) use demand::{changed_demand, finished_demand, new_demand};
pub(super) use ledgers::{movements, promise_entries, reservation_entries};
pub(super) use levels::levels;
pub(super) use supply::{drop_supply, supply};
pub(super) use turns::turns;

use super::books::{Books, OpenClaim};
use super::model::Place;
use crate::types::{OrderLineId, Quantity};

impl Books {
    pub(super) fn claims(&self) -> impl Iterator<Item = (Place, OrderLineId, &OpenClaim)> {
        self.shelves.iter().flat_map(|(place, shelf)| {
            shelf
                .claims
                .iter()
                .map(|(line, claim)| (*place, *line, claim))
        })
    }
}

impl OpenClaim {
    /// Whether a row is to be written, changed or removed.
    pub(super) fn changed(&self) -> bool {
        match &self.was {
            Some(was) => *was != self.now,
            None => self.now.to_ship > 0,
        }
    }

    fn is_new(&self) -> bool {
        self.was.is_none() && self.now.to_ship > 0
    }

    fn is_finished(&self) -> bool {
        self.was.is_some() && self.now.to_ship == 0
    }
}

/// A column of small whole numbers.
fn units(value: u32) -> Quantity {
    Quantity::new(value)
}
