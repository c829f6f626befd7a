//! The plan: demand in queue order laid against supply in layers. Pure: no database, no clock.
//!
//! It yields reservations, promises and needs together, so that they cannot contradict each other.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::queue::QueueKey;
use crate::types::{OrderId, PurchaseLineId};

/// What one order line asks of one shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its place in the queue.
    pub key: QueueKey,
    /// Units to ship.
    pub to_ship: u32,
    /// Of these, units in a parcel being prepared: never robbed.
    pub taken: u32,
    /// Whether it may take stock; a held order may not, when the company decided so.
    pub eligible: bool,
}

/// Units on their way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layer {
    /// The purchase order line that brings them.
    pub line: PurchaseLineId,
    /// When.
    pub due_on: NaiveDate,
    /// How many.
    pub quantity: u32,
}

/// One product in one warehouse: what lies there, who claims it, what is coming.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    /// Usable units.
    pub on_hand: u32,
    /// In queue order.
    pub claims: Vec<Claim>,
    /// By date, then by age.
    pub layers: Vec<Layer>,
}

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

/// What the plan says of one claim.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Units of stock that are its own.
    pub reserved: u32,
    /// What brings its last missing unit; `None` when nothing is missing, when a unit is on no
    /// order, or when the unit already lies here and may not be taken yet.
    pub covered_by: Option<(PurchaseLineId, NaiveDate)>,
    /// Units that nothing covers: they must be bought.
    pub uncovered: u32,
}

/// Lays every shelf of one warehouse; the verdicts stand in the order of the claims.
pub fn plan(shelves: &[Shelf], policy: Policy) -> Vec<Vec<Verdict>> {
    let reserved = match policy {
        Policy::StrictQueue => shelves.iter().map(serve_in_queue_order).collect(),
        Policy::CompleteFirst { collect_before } => serve_complete_orders(shelves, collect_before),
    };
    shelves
        .iter()
        .zip(reserved)
        .map(|(shelf, reserved)| cover(shelf, &reserved))
        .collect()
}

/// From the head of the queue each claim takes what it misses, while there is any.
fn serve_in_queue_order(shelf: &Shelf) -> Vec<u32> {
    let mut free = untaken(shelf);
    shelf
        .claims
        .iter()
        .map(|claim| {
            let more = if claim.eligible {
                (claim.to_ship - claim.taken).min(free)
            } else {
                0
            };
            free -= more;
            claim.taken + more
        })
        .collect()
}

/// Order by order: all that is missing, or nothing, unless the order waited long enough to collect.
fn serve_complete_orders(shelves: &[Shelf], collect_before: DateTime<Utc>) -> Vec<Vec<u32>> {
    let mut free: Vec<u32> = shelves.iter().map(untaken).collect();
    let mut reserved: Vec<Vec<u32>> = shelves
        .iter()
        .map(|shelf| shelf.claims.iter().map(|claim| claim.taken).collect())
        .collect();

    for (_, claims) in orders_in_queue_order(shelves) {
        let claim = |&(shelf, at): &(usize, usize)| &shelves[shelf].claims[at];
        let missing = |place: &(usize, usize)| claim(place).to_ship - claim(place).taken;

        let mut wanted: BTreeMap<usize, u32> = BTreeMap::new();
        for place in &claims {
            *wanted.entry(place.0).or_default() += missing(place);
        }
        let complete = wanted.iter().all(|(&shelf, &units)| units <= free[shelf]);
        let collects = claims
            .iter()
            .any(|place| claim(place).key.placed_at < collect_before);
        if !complete && !collects {
            continue;
        }
        for place in claims.iter().filter(|place| claim(place).eligible) {
            let more = missing(place).min(free[place.0]);
            free[place.0] -= more;
            reserved[place.0][place.1] += more;
        }
    }
    reserved
}

/// The claims of each order as (shelf, claim), orders by the first of their places in the queue.
fn orders_in_queue_order(shelves: &[Shelf]) -> Vec<(QueueKey, Vec<(usize, usize)>)> {
    let mut orders: BTreeMap<OrderId, (QueueKey, Vec<(usize, usize)>)> = BTreeMap::new();
    for (shelf, at, key) in shelves.iter().enumerate().flat_map(|(shelf, on_it)| {
        on_it
            .claims
            .iter()
            .enumerate()
            .map(move |(at, claim)| (shelf, at, claim.key))
    }) {
        let (first, claims) = orders.entry(key.order).or_insert_with(|| (key, Vec::new()));
        *first = (*first).min(key);
        claims.push((shelf, at));
    }
    let mut orders: Vec<_> = orders.into_values().collect();
    orders.sort_by_key(|(key, _)| *key);
    orders
}

/// What may be given out: units on hand that are in no parcel.
fn untaken(shelf: &Shelf) -> u32 {
    let taken: u32 = shelf.claims.iter().map(|claim| claim.taken).sum();
    shelf.on_hand.saturating_sub(taken)
}

/// Covers what is missing, in queue order: by stock that may not be taken yet, then by what is
/// coming, by date; the rest is a need.
fn cover(shelf: &Shelf, reserved: &[u32]) -> Vec<Verdict> {
    let mut idle = shelf.on_hand.saturating_sub(reserved.iter().sum());
    let mut layers = shelf.layers.iter().copied();
    let mut layer = layers.next();
    let claims = shelf.claims.iter().zip(reserved);
    claims
        .map(|(claim, &reserved)| {
            let mut missing = claim.to_ship - reserved;
            let lies_here = missing.min(idle);
            idle -= lies_here;
            missing -= lies_here;

            let mut covered_by = None;
            while let Some(from) = layer.as_mut().filter(|_| missing > 0) {
                let units = missing.min(from.quantity);
                missing -= units;
                from.quantity -= units;
                if units > 0 {
                    covered_by = Some((from.line, from.due_on));
                }
                if from.quantity == 0 {
                    layer = layers.next();
                }
            }
            let covered_by = covered_by.filter(|_| missing == 0);
            Verdict {
                reserved,
                covered_by,
                uncovered: missing,
            }
        })
        .collect()
}
