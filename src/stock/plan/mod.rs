//! The plan: demand in queue order laid against supply in layers. Pure: no database, no clock.
//!
//! It yields reservations, promises and needs together, so that they cannot contradict each other.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::origin::Origin;
use super::queue::QueueKey;
use crate::types::{OrderId, Quantity};

/// What one order line asks of one shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its place in the queue.
    pub key: QueueKey,
    pub to_ship: Quantity,
    /// Of these, units in a parcel being prepared: never robbed.
    pub taken: Quantity,
    /// Whether it may take stock; a held order may not, when the company decided so.
    pub eligible: bool,
}

/// Units on their way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layer {
    /// What brings them.
    pub of: Origin,
    pub due_on: NaiveDate,
    pub quantity: Quantity,
}

/// One product in one warehouse: what lies there, who claims it, what is coming.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    /// Usable units.
    pub on_hand: Quantity,
    /// In queue order.
    pub claims: Vec<Claim>,
    /// By date, then by age.
    pub layers: Vec<Layer>,
    /// Units of claims that take another turn than their claim.
    pub turns: Vec<Turn>,
}

/// Units of a claim that are served at another place in the queue: before the claim that stands
/// there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// Whose, among the claims of the shelf.
    pub claim: usize,
    pub key: QueueKey,
    /// How many; no more than the claim asks for.
    pub units: Quantity,
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
    pub reserved: Quantity,
    /// What brings its last missing unit; `None` when nothing is missing, when a unit is on no
    /// order, or when the unit already lies here and may not be taken yet.
    pub covered_by: Option<(Origin, NaiveDate)>,
    /// Units that nothing covers: they must be bought.
    pub uncovered: Quantity,
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
fn serve_in_queue_order(shelf: &Shelf) -> Vec<Quantity> {
    let mut free = untaken(shelf);
    let mut reserved: Vec<Quantity> = shelf.claims.iter().map(|claim| claim.taken).collect();
    for (claim, missing) in in_turn(shelf, &reserved) {
        if shelf.claims[claim].eligible {
            let more = missing.min(free);
            free = free.less(more);
            reserved[claim] += more;
        }
    }
    reserved
}

/// What claims that have so many units still miss, in the order in which it is served: claim and
/// units. The units a claim has are those served first.
fn in_turn(shelf: &Shelf, had: &[Quantity]) -> Vec<(usize, Quantity)> {
    let claims = shelf.claims.iter().zip(had).enumerate();
    if shelf.turns.is_empty() {
        return claims
            .map(|(at, (claim, had))| (at, claim.to_ship.less(*had)))
            .collect();
    }
    let mut own: Vec<Quantity> = shelf.claims.iter().map(|claim| claim.to_ship).collect();
    let mut turns: Vec<(QueueKey, bool, usize, Quantity)> = Vec::new();
    for turn in &shelf.turns {
        let units = turn.units.min(own[turn.claim]);
        own[turn.claim] = own[turn.claim].less(units);
        turns.push((turn.key, false, turn.claim, units));
    }
    let own = shelf.claims.iter().zip(own).enumerate();
    turns.extend(own.map(|(at, (claim, units))| (claim.key, true, at, units)));
    turns.sort_unstable();
    let mut had = had.to_vec();
    turns
        .into_iter()
        .map(|(_, _, claim, units)| {
            let already = units.min(had[claim]);
            had[claim] = had[claim].less(already);
            (claim, units.less(already))
        })
        .collect()
}

/// Order by order: all that is missing, or nothing, unless the order waited long enough to collect.
fn serve_complete_orders(shelves: &[Shelf], collect_before: DateTime<Utc>) -> Vec<Vec<Quantity>> {
    let mut free: Vec<Quantity> = shelves.iter().map(untaken).collect();
    let mut reserved: Vec<Vec<Quantity>> = shelves
        .iter()
        .map(|shelf| shelf.claims.iter().map(|claim| claim.taken).collect())
        .collect();

    for (_, claims) in orders_in_queue_order(shelves) {
        let claim = |&(shelf, at): &(usize, usize)| &shelves[shelf].claims[at];
        let missing = |place: &(usize, usize)| claim(place).to_ship.less(claim(place).taken);

        let mut wanted: BTreeMap<usize, Quantity> = BTreeMap::new();
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
            free[place.0] = free[place.0].less(more);
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
fn untaken(shelf: &Shelf) -> Quantity {
    let taken = shelf.claims.iter().map(|claim| claim.taken).sum();
    shelf.on_hand.less(taken)
}

/// Covers what is missing, in queue order: by stock that may not be taken yet, then by what is
/// coming, by date; the rest is a need.
fn cover(shelf: &Shelf, reserved: &[Quantity]) -> Vec<Verdict> {
    let mut idle = shelf.on_hand.less(reserved.iter().copied().sum());
    let mut layers = shelf.layers.iter().copied();
    let mut layer = layers.next();
    let mut verdicts: Vec<Verdict> = reserved
        .iter()
        .map(|reserved| Verdict {
            reserved: *reserved,
            ..Verdict::default()
        })
        .collect();
    for (claim, mut missing) in in_turn(shelf, reserved) {
        let verdict = &mut verdicts[claim];
        let lies_here = missing.min(idle);
        idle = idle.less(lies_here);
        missing = missing.less(lies_here);
        while let Some(from) = layer.as_mut().filter(|_| !missing.is_zero()) {
            let units = missing.min(from.quantity);
            missing = missing.less(units);
            from.quantity = from.quantity.less(units);
            if !units.is_zero() {
                verdict.covered_by = Some((from.of, from.due_on));
            }
            if from.quantity.is_zero() {
                layer = layers.next();
            }
        }
        verdict.uncovered += missing;
    }
    for verdict in verdicts
        .iter_mut()
        .filter(|verdict| !verdict.uncovered.is_zero())
    {
        verdict.covered_by = None;
    }
    verdicts
}
