//! Weighs open books: every queue is planned, and the verdicts are what its lines become. In memory
//! only, so that what is applied and what is previewed is one calculation.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, Duration, Utc};

use super::books::{Books, Known, OpenDemand};
use super::model::Place;
use super::outcome::LineChange;
use super::plan::{self, Claim, Layer, Policy, Shelf, Turn, Verdict};
use crate::catalog::AllocationPolicy;
use crate::types::{OrderLineId, Quantity, WarehouseId};

/// Plans every open place, and writes the verdicts into the books.
pub(super) fn weigh(books: &mut Books) {
    let apart = books.kits_apart();
    let warehouses: BTreeSet<WarehouseId> =
        books.shelves.keys().map(|place| place.warehouse).collect();
    for warehouse in warehouses {
        let (lines, shelves): (Vec<_>, Vec<_>) = books
            .shelves
            .iter()
            .filter(|(place, open)| place.warehouse == warehouse && open.known != Known::Named)
            .map(|(place, _)| shelf(books, *place, &apart))
            .unzip();
        let verdicts = plan::plan(&shelves, policy(books, warehouse));
        for (lines, verdicts) in lines.iter().zip(verdicts) {
            for ((place, line), verdict) in lines.iter().zip(verdicts) {
                give(books, *place, *line, verdict);
            }
        }
    }
}

/// The lines that what happened changed; those that left the queue are not among them.
pub(super) fn changes(books: &Books) -> Vec<LineChange> {
    let waiting = books.demand().filter(|(_, _, demand)| demand.waits());
    waiting
        .filter_map(|(place, line, demand)| {
            let (was, now) = (demand.before(), &demand.now);
            let units =
                |read: fn(&super::books::Demand) -> Quantity| was.map_or(Quantity::ZERO, read);
            let change = LineChange {
                line,
                order: now.key.order,
                line_number: now.key.line_number,
                place,
                to_ship: now.to_ship,
                reserved_before: units(|was| was.reserved),
                reserved: now.reserved,
                taken_before: units(|was| was.taken),
                taken: now.taken,
                covered_before: was.and_then(|was| was.covered_by),
                covered_by: now.covered_by,
            };
            change.is_one().then_some(change)
        })
        .collect()
}

fn policy(books: &Books, warehouse: WarehouseId) -> Policy {
    match books.rules.policies.get(&warehouse) {
        // Also those placed while this waited for the locks.
        Some((AllocationPolicy::CompleteFirst, 0)) => Policy::CompleteFirst {
            collect_before: DateTime::<Utc>::MAX_UTC,
        },
        Some((AllocationPolicy::CompleteFirst, days)) => Policy::CompleteFirst {
            collect_before: books.at - Duration::days(i64::from(*days)),
        },
        _ => Policy::StrictQueue,
    }
}

/// A place as the plan sees it, and which line each claim is. What the rest of the queue has, who
/// stand ahead of all of these or hold all they ask for, is not there to be given: neither the units
/// they hold, nor those on their way that they miss. Kits apart keep what they hold as well. Where no
/// order may take goods there is nothing to give but what is in parcels.
fn shelf(
    books: &Books,
    place: Place,
    apart: &HashSet<OrderLineId>,
) -> (Vec<(Place, OrderLineId)>, Shelf) {
    let open = &books.shelves[&place];
    let is_apart = |demand: &OpenDemand| demand.now.set.is_some_and(|set| apart.contains(&set.kit));
    let waiting = open.demand.iter().filter(|(_, demand)| demand.waits());
    let (apart, mut waiting): (Vec<_>, Vec<(&OrderLineId, &OpenDemand)>) =
        waiting.partition(|(_, demand)| is_apart(demand));
    let held: Quantity = apart.iter().map(|(_, demand)| demand.now.reserved).sum();
    waiting.sort_by_key(|(_, demand)| demand.now.key);
    let rest = open.rest();
    let lines: Vec<_> = waiting.iter().map(|(line, _)| (place, **line)).collect();
    let turns = open.turns.iter().filter(|turn| !turn.now.is_zero());
    let turns = turns.filter_map(|turn| {
        Some(Turn {
            claim: lines.iter().position(|(_, line)| *line == turn.line)?,
            key: turn.key,
            units: turn.now,
        })
    });
    let is_closed = books.rules.closed.contains(&place.warehouse);
    let taken = || waiting.iter().map(|(_, demand)| demand.now.taken).sum();
    let shelf = Shelf {
        on_hand: match is_closed {
            true => taken(),
            false => open.on_hand.less(rest.reserved).less(held),
        },
        claims: waiting
            .iter()
            .map(|(_, demand)| Claim {
                key: demand.now.key,
                to_ship: demand.now.to_ship,
                taken: demand.now.taken,
                eligible: !demand.now.held || books.rules.held_orders_keep_stock,
                set: demand.now.set,
            })
            .collect(),
        layers: match is_closed {
            true => Vec::new(),
            false => layers(books, place, rest.missing),
        },
        turns: turns.collect(),
    };
    (lines, shelf)
}

/// What is coming to a place, without the first units, which the rest of the queue misses.
fn layers(books: &Books, place: Place, mut missing: Quantity) -> Vec<Layer> {
    let supply = books.shelves[&place].supply.iter();
    let mut layers: Vec<Layer> = supply
        .map(|(of, supply)| Layer {
            of: *of,
            quantity: supply.now.0,
            due_on: supply.now.1,
        })
        .collect();
    layers.sort_by_key(|layer| (layer.due_on, layer.of));
    for layer in &mut layers {
        let theirs = missing.min(layer.quantity);
        layer.quantity = layer.quantity.less(theirs);
        missing = missing.less(theirs);
    }
    layers.retain(|layer| !layer.quantity.is_zero());
    layers
}

fn give(books: &mut Books, place: Place, line: OrderLineId, verdict: Verdict) {
    let shelf = books.shelves.get_mut(&place);
    if let Some(demand) = shelf.and_then(|shelf| shelf.demand.get_mut(&line)) {
        demand.now.reserved = verdict.reserved;
        demand.now.covered_by = verdict.covered_by;
        demand.now.uncovered = verdict.uncovered;
    }
}
