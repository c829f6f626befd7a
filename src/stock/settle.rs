//! Settles open books: plans, then writes only what differs, set by set.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Duration;
use diesel::prelude::*;

use super::books::{Books, OpenClaim, Read};
use super::error::Error;
use super::model::{Cause, LineChange, Outcome, Place};
use super::plan::{self, Claim, Layer, Policy, Shelf, Turn, Verdict};
use super::write;
use crate::catalog::AllocationPolicy;
use crate::db::announce::{self, announce};
use crate::types::{OrderId, OrderLineId, Quantity, WarehouseId};

pub(super) fn settle(
    conn: &mut PgConnection,
    mut books: Books,
    cause: &Cause,
) -> Result<Outcome, Error> {
    let outcome = weigh(&mut books, cause);
    let changed = Changed::of(&books);

    write::supply(conn, &books)?;
    write::new_demand(conn, &books)?;
    write::changed_demand(conn, &books)?;
    write::turns(conn, &books)?;
    write::finished_demand(conn, &books)?;
    write::drop_supply(conn, &books)?;
    write::reservation_entries(conn, &books, cause)?;
    write::promise_entries(conn, &books, cause)?;
    write::movements(conn, &books, cause)?;
    write::levels(conn, &books)?;
    write::consignments(conn, &changed.consignments, cause)?;
    announce(conn, &changed.topics())?;
    Ok(outcome)
}

/// What settling would change; nothing is written.
pub(super) fn weigh(books: &mut Books, cause: &Cause) -> Outcome {
    decide(books, cause);
    outcome(books)
}

/// Plans every open place and writes the verdicts into the claims.
fn decide(books: &mut Books, cause: &Cause) {
    let warehouses: BTreeSet<WarehouseId> =
        books.shelves.keys().map(|place| place.warehouse).collect();
    for warehouse in warehouses {
        let policy = match books.rules.policies.get(&warehouse) {
            Some((AllocationPolicy::CompleteFirst, days)) => Policy::CompleteFirst {
                collect_before: cause.at - Duration::days(i64::from(*days)),
            },
            _ => Policy::StrictQueue,
        };
        let (order, shelves): (Vec<_>, Vec<_>) = books
            .shelves
            .iter()
            .filter(|(place, shelf)| place.warehouse == warehouse && shelf.read != Read::Touched)
            .map(|(place, _)| shelf(books, *place))
            .unzip();
        let verdicts = plan::plan(&shelves, policy);
        for (lines, verdicts) in order.iter().zip(verdicts) {
            for ((place, line), verdict) in lines.iter().zip(verdicts) {
                give(books, *place, *line, verdict);
            }
        }
    }
}

/// A place as the plan sees it, and which line each claim is. What others have, who stand ahead of
/// all of these or hold all they ask for, is not there to be given: neither the units they hold, nor
/// those on their way that they miss.
fn shelf(books: &Books, place: Place) -> (Vec<(Place, OrderLineId)>, Shelf) {
    let open = &books.shelves[&place];
    let mut claims: Vec<(&OrderLineId, &OpenClaim)> = open
        .claims
        .iter()
        .filter(|(_, claim)| claim.now.to_ship > 0)
        .collect();
    claims.sort_by_key(|(_, claim)| claim.now.key);
    let mut layers: Vec<Layer> = open
        .layers
        .iter()
        .filter(|(_, layer)| layer.now.0 > 0)
        .map(|(line, layer)| Layer {
            line: *line,
            quantity: layer.now.0,
            due_on: layer.now.1,
        })
        .collect();
    layers.sort_by_key(|layer| (layer.due_on, layer.line));
    let others = open.others();
    let mut missing = others.missing;
    for layer in &mut layers {
        let theirs = missing.min(layer.quantity);
        layer.quantity -= theirs;
        missing -= theirs;
    }
    layers.retain(|layer| layer.quantity > 0);

    let lines: Vec<_> = claims.iter().map(|(line, _)| (place, **line)).collect();
    let turns = open.turns.iter().filter(|turn| turn.now > 0);
    let turns = turns.filter_map(|turn| {
        let claim = lines.iter().position(|(_, line)| *line == turn.line)?;
        Some(Turn {
            claim,
            key: turn.key,
            units: turn.now,
        })
    });
    let turns = turns.collect();
    let claims = claims
        .iter()
        .map(|(_, claim)| Claim {
            key: claim.now.key,
            to_ship: claim.now.to_ship,
            taken: claim.now.taken,
            eligible: !claim.now.held || books.rules.held_orders_keep_stock,
        })
        .collect();
    (
        lines,
        Shelf {
            on_hand: open.on_hand.saturating_sub(others.reserved),
            claims,
            layers,
            turns,
        },
    )
}

fn give(books: &mut Books, place: Place, line: OrderLineId, verdict: Verdict) {
    let claim = books
        .shelves
        .get_mut(&place)
        .and_then(|shelf| shelf.claims.get_mut(&line));
    if let Some(claim) = claim {
        claim.now.reserved = verdict.reserved;
        claim.now.covered_by = verdict.covered_by;
        claim.now.uncovered = verdict.uncovered;
    }
}

fn outcome(books: &Books) -> Outcome {
    let changes = books
        .claims()
        .filter(|(_, _, claim)| claim.now.to_ship > 0)
        .filter_map(|(place, line, claim)| {
            let before = claim.was.as_ref();
            let reserved_before = before.map_or(0, |was| was.reserved);
            let covered_before = before.and_then(|was| was.covered_by);
            let same =
                reserved_before == claim.now.reserved && covered_before == claim.now.covered_by;
            (!same).then(|| LineChange {
                line,
                order: claim.now.key.order,
                place,
                to_ship: Quantity::new(claim.now.to_ship),
                reserved_before: Quantity::new(reserved_before),
                reserved: Quantity::new(claim.now.reserved),
                covered_before,
                covered_by: claim.now.covered_by,
            })
        })
        .collect();
    Outcome { changes }
}

/// What other rows and open pages must hear of.
struct Changed {
    /// Consignments whose lines changed, with the place in the queue of their order.
    consignments: BTreeMap<(OrderId, WarehouseId), write::Consigned>,
    places: BTreeSet<Place>,
}

impl Changed {
    fn of(books: &Books) -> Self {
        let mut consignments = BTreeMap::new();
        let mut places = BTreeSet::new();
        for (place, _, claim) in books.claims().filter(|(_, _, claim)| claim.changed()) {
            let key = claim.now.key;
            places.insert(place);
            consignments.insert(
                (key.order, place.warehouse),
                write::Consigned {
                    priority_rank: key.priority_rank,
                    required_by: key.required_by,
                    placed_at: key.placed_at,
                },
            );
        }
        places.extend(books.movements.iter().flat_map(|movement| {
            let ends = [movement.from, movement.to];
            ends.into_iter()
                .flatten()
                .map(|warehouse| Place::new(warehouse, movement.product))
        }));
        Self {
            consignments,
            places,
        }
    }

    fn topics(&self) -> Vec<String> {
        let orders = self
            .consignments
            .keys()
            .map(|(order, _)| *order)
            .collect::<BTreeSet<_>>();
        let warehouses = self
            .places
            .iter()
            .map(|place| place.warehouse)
            .collect::<BTreeSet<_>>();
        let products = self
            .places
            .iter()
            .map(|place| place.product)
            .collect::<BTreeSet<_>>();
        let mut topics = announce::topics("order", &orders);
        topics.extend(announce::topics("warehouse", warehouses));
        topics.extend(announce::topics("product", products));
        if !orders.is_empty() {
            topics.push("orders".into());
        }
        topics
    }
}
