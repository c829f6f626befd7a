//! The plan: demand in queue order laid against supply in layers. Pure: no database, no clock.
//!
//! It yields reservations, promises and needs together, so that they cannot contradict each other.
//! A part of a kit takes no unit without the other parts of its set: shelves that share kits are
//! served together, all others one by one.

mod complete;
mod one_by_one;
mod sets;
mod shelf;

use chrono::{DateTime, Utc};

use self::sets::Coupled;
pub use self::shelf::{Claim, Layer, Shelf, Turn, Verdict};
use crate::types::Quantity;

/// How a warehouse gives out its stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Each line takes what there is.
    StrictQueue,
    /// An order takes stock only when all it misses here can be covered, unless it was placed
    /// before this instant: then it may collect, so that large orders do not starve.
    CompleteFirst {
        /// Orders placed before may collect.
        collect_before: DateTime<Utc>,
    },
}

/// Lays every shelf of one warehouse; the verdicts stand in the order of the claims. Of a claim in a
/// set the other parts must stand there as well.
pub fn plan(shelves: &[Shelf], policy: Policy) -> Vec<Vec<Verdict>> {
    let coupled = Coupled::of(shelves);
    let reserved = match policy {
        Policy::StrictQueue => in_queue_order(shelves, &coupled),
        Policy::CompleteFirst { collect_before } => complete::serve(shelves, collect_before),
    };
    let mut verdicts: Vec<Vec<Verdict>> = reserved
        .iter()
        .map(|claims| claims.iter().map(Verdict::holding).collect())
        .collect();
    for (at, shelf) in shelves.iter().enumerate() {
        if !coupled.has(at) {
            one_by_one::cover(shelf, &reserved[at], &mut verdicts[at]);
        }
    }
    coupled.cover(shelves, &reserved, &mut verdicts);
    verdicts
}

/// From the head of the queue each claim takes what it misses, while there is any.
fn in_queue_order(shelves: &[Shelf], coupled: &Coupled) -> Vec<Vec<Quantity>> {
    let mut reserved: Vec<Vec<Quantity>> = shelves
        .iter()
        .enumerate()
        .map(|(at, shelf)| match coupled.has(at) {
            true => shelf.taken(),
            false => one_by_one::serve(shelf),
        })
        .collect();
    coupled.serve(shelves, &mut reserved);
    reserved
}

impl Verdict {
    const fn holding(reserved: &Quantity) -> Self {
        Self {
            reserved: *reserved,
            covered_by: None,
            uncovered: Quantity::ZERO,
        }
    }
}
