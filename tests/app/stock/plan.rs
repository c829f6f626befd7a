//! The plan, against the cases of the product, its invariants, and a naive oracle that gives out one unit at a time.

use backfill::stock::plan::{Claim, Layer, Policy, Shelf, Turn, Verdict, plan};
use backfill::stock::{NO_DATE, Origin, Priority, QueueKey};
use backfill::types::Quantity;
use chrono::{DateTime, Days, NaiveDate, Utc};
use proptest::prelude::*;

fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 1).expect("a date") + Days::new(number)
}

fn placed(minute: u32) -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000 + i64::from(minute) * 60, 0).expect("an instant")
}

const fn units(units: u32) -> Quantity {
    Quantity::new(units)
}

fn claim(order: u32, to_ship: u32) -> Claim {
    let id = order.to_string().parse().expect("an id");
    let key = QueueKey::new(None, Priority::Normal.rank(), NO_DATE, placed(order), id, 1);
    Claim {
        key,
        to_ship: units(to_ship),
        taken: Quantity::ZERO,
        eligible: true,
        set: None,
    }
}

fn layer(line: u32, due: u64, quantity: u32) -> Layer {
    Layer {
        of: Origin::Purchase(line.to_string().parse().expect("an id")),
        due_on: day(due),
        quantity: units(quantity),
    }
}

fn serve(shelf: &Shelf) -> Vec<Verdict> {
    plan(std::slice::from_ref(shelf), Policy::StrictQueue).remove(0)
}

fn reserved(shelf: &Shelf) -> Vec<u32> {
    serve(shelf)
        .iter()
        .map(|verdict| verdict.reserved.get())
        .collect()
}

#[test]
fn three_orders_of_five_share_seven_units_from_the_head_of_the_queue() {
    let claims = vec![claim(1, 5), claim(2, 5), claim(3, 5)];

    assert_eq!(
        reserved(&Shelf {
            on_hand: units(7),
            claims,
            layers: vec![],
            turns: vec![],
        }),
        [5, 2, 0]
    );
}

#[test]
fn when_stock_shrinks_the_tail_of_the_queue_loses_first() {
    let claims = vec![claim(1, 5), claim(2, 5)];

    assert_eq!(
        reserved(&Shelf {
            on_hand: units(7),
            claims,
            layers: vec![],
            turns: vec![],
        }),
        [5, 2]
    );
}

#[test]
fn a_line_being_picked_is_never_robbed_by_one_ahead_of_it() {
    let picked = Claim {
        taken: units(4),
        ..claim(2, 5)
    };
    let claims = vec![claim(1, 5), picked];

    assert_eq!(
        reserved(&Shelf {
            on_hand: units(5),
            claims,
            layers: vec![],
            turns: vec![],
        }),
        [1, 4]
    );
}

#[test]
fn what_stock_does_not_cover_is_promised_by_date_and_the_rest_must_be_bought() {
    let claims = vec![claim(1, 5), claim(2, 5), claim(3, 5)];
    let layers = vec![layer(1, 3, 4), layer(2, 9, 3)];

    let verdicts = serve(&Shelf {
        on_hand: units(2),
        claims,
        layers: layers.clone(),
        turns: vec![],
    });

    let covered = |at: usize| layers.get(at).map(|layer| (layer.of, layer.due_on));
    assert_eq!(
        verdicts[0],
        Verdict {
            reserved: units(2),
            covered_by: covered(0),
            uncovered: units(0)
        }
    );
    assert_eq!(
        verdicts[1],
        Verdict {
            reserved: units(0),
            covered_by: None,
            uncovered: units(1)
        }
    );
    assert_eq!(
        verdicts[2],
        Verdict {
            reserved: units(0),
            covered_by: None,
            uncovered: units(5)
        }
    );
}

#[test]
fn a_held_order_that_may_hold_no_stock_leaves_it_to_those_behind() {
    let held = Claim {
        eligible: false,
        ..claim(1, 5)
    };
    let shelf = Shelf {
        on_hand: units(5),
        claims: vec![held, claim(2, 3)],
        layers: vec![],
        turns: vec![],
    };

    let verdicts = serve(&shelf);

    assert_eq!(
        (verdicts[0].reserved, verdicts[1].reserved),
        (units(0), units(3))
    );
    assert_eq!(verdicts[0].uncovered, units(3), "two of its units lie here");
}

#[test]
fn where_complete_orders_go_first_an_incomplete_one_takes_nothing_until_it_waited_long() {
    let two_lines = |on: u32, order: u32| {
        let shelf = |on_hand| Shelf {
            on_hand: units(on_hand),
            claims: vec![claim(order, 2), claim(9, 1)],
            layers: vec![],
            turns: vec![],
        };
        vec![shelf(on), shelf(1)]
    };
    let taken = |collect_before: u32| -> Vec<Vec<u32>> {
        let policy = Policy::CompleteFirst {
            collect_before: placed(collect_before),
        };
        let verdicts = plan(&two_lines(2, 1), policy);
        verdicts
            .iter()
            .map(|on| on.iter().map(|verdict| verdict.reserved.get()).collect())
            .collect()
    };

    assert_eq!(
        taken(0),
        [[0, 1], [0, 1]],
        "order 1 lacks a unit of the second product"
    );
    assert_eq!(
        taken(5),
        [[2, 0], [1, 0]],
        "order 1 waited long enough to collect"
    );
}

prop_compose! {
    fn any_claim(order: u32)(to_ship in 1u32..9, taken in 0u32..9, eligible in prop::bool::weighted(0.8),
        rank in 0i16..4, pinned in prop::option::weighted(0.2, 0u32..50), at in 0u32..40) -> Claim {
        let id = order.to_string().parse().expect("an id");
        let key = QueueKey::new(pinned.map(placed), rank, NO_DATE, placed(at), id, 1);
        Claim { key, to_ship: units(to_ship), taken: units(taken.saturating_sub(5).min(to_ship)), eligible, set: None }
    }
}

fn any_shelf() -> impl Strategy<Value = Shelf> {
    let claims =
        (0usize..12).prop_flat_map(|count| (0..count as u32).map(any_claim).collect::<Vec<_>>());
    let layers = prop::collection::vec((0u64..20, 1u32..12), 0..6);
    (claims, layers, 0u32..40).prop_map(|(mut claims, layers, more)| {
        claims.sort_by_key(|claim| claim.key);
        let taken: Quantity = claims.iter().map(|claim| claim.taken).sum();
        let mut layers: Vec<_> = layers
            .into_iter()
            .zip(1..)
            .map(|((due, units), line)| layer(line, due, units))
            .collect();
        layers.sort_by_key(|layer| (layer.due_on, layer.of));
        Shelf {
            on_hand: taken + units(more),
            claims,
            layers,
            turns: vec![],
        }
    })
}

/// The same, where some units were moved by hand to another place in the queue.
fn any_shelf_with_turns() -> impl Strategy<Value = Shelf> {
    let turns = prop::collection::vec((0usize..12, 0u32..40, 1u32..6), 0..5);
    (any_shelf(), turns).prop_map(|(mut shelf, turns)| {
        let many = shelf.claims.len();
        let turns = turns.into_iter().filter(|(claim, ..)| *claim < many);
        shelf.turns = turns
            .map(|(claim, at, moved)| Turn {
                claim,
                key: {
                    let mut key = shelf.claims[many - 1 - claim].key;
                    key.placed_at = placed(at);
                    key
                },
                units: units(moved),
            })
            .collect();
        shelf
    })
}

/// Every unit that is asked for, in the order in which it is served: a unit that takes another turn
/// comes before the claim that stands there.
fn units_in_turn(shelf: &Shelf) -> Vec<usize> {
    let mut own: Vec<u32> = shelf
        .claims
        .iter()
        .map(|claim| claim.to_ship.get())
        .collect();
    let mut asked = Vec::new();
    for turn in &shelf.turns {
        for _ in 0..turn.units.get().min(own[turn.claim]) {
            own[turn.claim] -= 1;
            asked.push((turn.key, 0, turn.claim));
        }
    }
    for (at, claim) in shelf.claims.iter().enumerate() {
        asked.extend((0..own[at]).map(|_| (claim.key, 1, at)));
    }
    asked.sort_unstable();
    asked.into_iter().map(|(_, _, claim)| claim).collect()
}

/// Gives out one unit at a time, always to the first in the queue that may have it.
fn one_unit_at_a_time(shelf: &Shelf) -> Vec<Verdict> {
    let mut verdicts: Vec<Verdict> = shelf
        .claims
        .iter()
        .map(|claim| Verdict {
            reserved: claim.taken,
            covered_by: None,
            uncovered: units(0),
        })
        .collect();
    let mut waiting = units_in_turn(shelf);
    for (at, claim) in shelf.claims.iter().enumerate() {
        for _ in 0..claim.taken.get() {
            let first = waiting.iter().position(|unit| *unit == at);
            waiting.remove(first.expect("no more is taken than asked for"));
        }
    }
    let taken = shelf.claims.iter().map(|claim| claim.taken).sum();
    let mut on_hand = shelf.on_hand.less(taken).get();
    while on_hand > 0 {
        let next = waiting.iter().position(|unit| shelf.claims[*unit].eligible);
        let Some(next) = next else { break };
        verdicts[waiting.remove(next)].reserved += units(1);
        on_hand -= 1;
    }
    let mut coming: Vec<Option<Layer>> = vec![None; on_hand as usize];
    coming.extend(
        shelf
            .layers
            .iter()
            .flat_map(|layer| vec![Some(*layer); layer.quantity.get() as usize]),
    );
    let mut coming = coming.into_iter();
    for unit in waiting {
        let verdict = &mut verdicts[unit];
        match coming.next() {
            // A unit that lies here and may not be taken yet has no date.
            Some(from) => {
                let from = from.map(|layer| (layer.of, layer.due_on));
                verdict.covered_by = from.or(verdict.covered_by);
            }
            None => verdict.uncovered += units(1),
        }
    }
    for verdict in &mut verdicts {
        if !verdict.uncovered.is_zero() {
            verdict.covered_by = None;
        }
    }
    verdicts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_plan_agrees_with_giving_out_one_unit_at_a_time(shelf in any_shelf_with_turns()) {
        prop_assert_eq!(serve(&shelf), one_unit_at_a_time(&shelf));
    }

    #[test]
    fn the_plan_keeps_what_is_always_true(shelf in any_shelf()) {
        let verdicts = serve(&shelf);
        let to_ship: Quantity = shelf.claims.iter().map(|claim| claim.to_ship).sum();
        let coming: Quantity = shelf.layers.iter().map(|layer| layer.quantity).sum();
        let reserved: Quantity = verdicts.iter().map(|verdict| verdict.reserved).sum();
        let needed: Quantity = verdicts.iter().map(|verdict| verdict.uncovered).sum();

        prop_assert!(reserved <= shelf.on_hand);
        prop_assert_eq!(needed, to_ship.less(shelf.on_hand + coming), "the need is exact");
        let waiting = shelf.claims.iter().zip(&verdicts).any(|(claim, verdict)| {
            claim.eligible && verdict.reserved < claim.to_ship
        });
        prop_assert!(!waiting || reserved == shelf.on_hand, "nothing idle");
        for (claim, verdict) in shelf.claims.iter().zip(&verdicts) {
            prop_assert!(claim.taken <= verdict.reserved && verdict.reserved <= claim.to_ship);
        }
        let mut short_ahead = false;
        for (claim, verdict) in shelf.claims.iter().zip(&verdicts) {
            prop_assert!(!short_ahead || verdict.reserved == claim.taken, "nobody is overtaken");
            short_ahead |= claim.eligible && verdict.reserved < claim.to_ship;
        }
    }

    #[test]
    fn whichever_way_stock_is_given_out_no_shelf_gives_more_than_it_has(
        shelves in prop::collection::vec(any_shelf(), 1..4), collect_before in 0u32..50,
    ) {
        let verdicts = plan(&shelves, Policy::CompleteFirst { collect_before: placed(collect_before) });
        for (shelf, verdicts) in shelves.iter().zip(verdicts) {
            prop_assert!(verdicts.iter().map(|verdict| verdict.reserved).sum::<Quantity>() <= shelf.on_hand);
            for (claim, verdict) in shelf.claims.iter().zip(verdicts) {
                prop_assert!(claim.taken <= verdict.reserved && verdict.reserved <= claim.to_ship);
            }
        }
    }
}
