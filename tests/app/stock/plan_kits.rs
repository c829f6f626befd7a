//! Kits in the plan, against the cases of the product, its invariants, and a naive oracle that gives out one set at a
//! time and waits day by day for what is coming.

use backfill::stock::plan::{Claim, Layer, Policy, Shelf, Verdict, plan};
use backfill::stock::{InSet, NO_DATE, Origin, Priority, QueueKey};
use backfill::types::{OrderLineId, Quantity};
use chrono::{DateTime, Days, NaiveDate, Utc};
use proptest::prelude::*;

const A: usize = 0;
const B: usize = 1;
const C: usize = 2;

fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).expect("a date") + Days::new(number)
}

fn placed(minute: u32) -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000 + i64::from(minute) * 60, 0).expect("an instant")
}

const fn units(units: u32) -> Quantity {
    Quantity::new(units)
}

/// What is asked for: so many of each product at once, so many times. One product once is a plain line.
#[derive(Debug, Clone)]
struct Asked {
    key: QueueKey,
    /// Product, and units of it in one set.
    each: Vec<(usize, u32)>,
    times: u32,
    taken: u32,
    eligible: bool,
}

fn asked(order: u32, each: &[(usize, u32)], times: u32) -> Asked {
    let id = order.to_string().parse().expect("an id");
    Asked {
        key: QueueKey::new(None, Priority::Normal.rank(), NO_DATE, placed(order), id, 1),
        each: each.to_vec(),
        times,
        taken: 0,
        eligible: true,
    }
}

/// Shelves as the plan sees them; of each claim, which of those asked it is.
fn shelves(
    asked: &[Asked],
    on_hand: &[u32],
    coming: &[(usize, u64, u32)],
) -> (Vec<Shelf>, Vec<Vec<usize>>) {
    let mut whose = vec![Vec::new(); on_hand.len()];
    let shelves = (0..on_hand.len()).map(|product| {
        let mut claims: Vec<(Claim, usize)> = Vec::new();
        for (at, ask) in asked.iter().enumerate() {
            let part = ask.each.iter().position(|(of, _)| *of == product);
            let Some(part) = part else { continue };
            let per_kit = units(ask.each[part].1);
            let is_kit = ask.each.len() > 1 || per_kit > units(1);
            let mut key = ask.key;
            key.line_number += 10 + part as i32;
            let claim = Claim {
                key,
                to_ship: per_kit.times(units(ask.times)),
                taken: per_kit.times(units(ask.taken)),
                eligible: ask.eligible,
                set: is_kit.then(|| InSet {
                    kit: OrderLineId::unwritten(at as u32 + 1),
                    per_kit,
                    parts: ask.each.len() as i16,
                }),
            };
            claims.push((claim, at));
        }
        claims.sort_by_key(|(claim, _)| claim.key);
        whose[product] = claims.iter().map(|(_, at)| *at).collect();
        let taken: Quantity = claims.iter().map(|(claim, _)| claim.taken).sum();
        let mut layers: Vec<Layer> = coming
            .iter()
            .zip(1..)
            .filter(|((of, ..), _)| *of == product)
            .map(|((_, due, quantity), line)| layer(line, *due, *quantity))
            .collect();
        layers.sort_by_key(|layer| (layer.due_on, layer.of));
        Shelf {
            on_hand: taken + units(on_hand[product]),
            claims: claims.into_iter().map(|(claim, _)| claim).collect(),
            layers,
            turns: vec![],
        }
    });
    (shelves.collect(), whose)
}

fn layer(line: u32, due: u64, quantity: u32) -> Layer {
    Layer {
        of: Origin::Purchase(line.to_string().parse().expect("an id")),
        due_on: day(due),
        quantity: units(quantity),
    }
}

/// Sets that each of those asked holds, its day, and what of its parts must be bought.
fn strictly(asked: &[Asked], on_hand: &[u32], coming: &[(usize, u64, u32)]) -> Vec<Held> {
    let (shelves, whose) = shelves(asked, on_hand, coming);
    held(
        asked,
        &shelves,
        &whose,
        &plan(&shelves, Policy::StrictQueue),
    )
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Held {
    sets: u32,
    /// Of the last part; `None`: nothing is missing, or a part has no day.
    due_on: Option<NaiveDate>,
    /// Units to buy, part by part.
    to_buy: Vec<u32>,
}

fn held(
    asked: &[Asked],
    shelves: &[Shelf],
    whose: &[Vec<usize>],
    verdicts: &[Vec<Verdict>],
) -> Vec<Held> {
    let of = |at: usize, ask: &Asked| {
        let parts: Vec<(&Verdict, u32, Quantity)> = ask
            .each
            .iter()
            .map(|(product, per_kit)| {
                let claim = whose[*product].iter().position(|of| *of == at);
                let claim = claim.expect("a claim for each part");
                let to_ship = shelves[*product].claims[claim].to_ship;
                (&verdicts[*product][claim], *per_kit, to_ship)
            })
            .collect();
        let (first, per_kit, to_ship) = parts[0];
        for (verdict, per_kit, _) in &parts {
            assert_eq!(verdict.reserved.get() % per_kit, 0, "whole sets");
            assert_eq!(
                verdict.reserved.get() / per_kit,
                first.reserved.get() / parts[0].1,
                "of every part as many"
            );
        }
        let waits = first.reserved < to_ship;
        let days = parts
            .iter()
            .filter_map(|(verdict, ..)| verdict.covered_by.map(|(_, day)| day));
        let is_bought = parts
            .iter()
            .any(|(verdict, ..)| !verdict.uncovered.is_zero());
        Held {
            sets: first.reserved.get() / per_kit,
            due_on: days.max().filter(|_| waits && !is_bought),
            to_buy: parts
                .iter()
                .map(|(verdict, ..)| verdict.uncovered.get())
                .collect(),
        }
    };
    asked
        .iter()
        .enumerate()
        .map(|(at, ask)| of(at, ask))
        .collect()
}

fn sets(held: &[Held]) -> Vec<u32> {
    held.iter().map(|held| held.sets).collect()
}

#[test]
fn a_kit_is_reserved_in_whole_sets_and_the_rest_of_a_part_goes_to_those_behind() {
    let asked = [asked(1, &[(A, 2), (B, 1)], 3), asked(2, &[(A, 1)], 5)];

    let held = strictly(&asked, &[5, 9], &[]);

    assert_eq!(sets(&held), [2, 1], "5 A make two sets; the fifth goes on");
    assert_eq!(held[0].to_buy, [2, 0], "nine B lie there");
    assert_eq!(held[1].to_buy, [4]);
}

#[test]
fn two_kits_that_share_a_part_never_count_a_unit_twice() {
    let asked = [
        asked(1, &[(A, 1), (B, 1)], 2),
        asked(2, &[(A, 1), (C, 1)], 2),
        asked(3, &[(A, 1)], 1),
    ];

    let held = strictly(&asked, &[3, 1, 2], &[]);

    assert_eq!(sets(&held), [1, 2, 0], "one B is all the first kit gets");
}

#[test]
fn a_kit_comes_on_the_day_of_its_last_part_and_not_at_all_while_one_is_on_no_order() {
    let kit = [asked(1, &[(A, 1), (B, 1)], 1)];

    let both = strictly(&kit, &[0, 0], &[(A, 3, 1), (B, 9, 1)]);
    let one = strictly(&kit, &[0, 0], &[(A, 3, 1)]);

    assert_eq!(both[0].due_on, Some(day(9)));
    assert_eq!((one[0].due_on, &one[0].to_buy), (None, &vec![0, 1]));
}

#[test]
fn a_part_that_comes_before_the_others_is_promised_to_who_will_get_it_on_that_day() {
    let asked = [asked(1, &[(A, 1), (B, 1)], 1), asked(2, &[(A, 1)], 1)];

    let held = strictly(&asked, &[0, 0], &[(A, 3, 1), (B, 9, 1), (A, 20, 1)]);

    assert_eq!(
        held[1].due_on,
        Some(day(3)),
        "it completes nobody else on that day"
    );
    assert_eq!(held[0].due_on, Some(day(20)));
}

#[test]
fn where_complete_orders_go_first_a_kit_takes_all_its_sets_or_whole_ones_when_it_collects() {
    let asked = [asked(1, &[(A, 2), (B, 1)], 3), asked(2, &[(A, 1)], 3)];
    let (shelves, whose) = shelves(&asked, &[5, 9], &[]);
    let sets = |collect_before: u32| {
        let policy = Policy::CompleteFirst {
            collect_before: placed(collect_before),
        };
        sets(&held(&asked, &shelves, &whose, &plan(&shelves, policy)))
    };

    assert_eq!(sets(0), [0, 3]);
    assert_eq!(sets(9), [2, 1]);
}

/// Gives out one set at a time, always to the first in the queue that can have a whole one; then waits, day by day,
/// for what is coming, and does the same.
fn one_set_at_a_time(asked: &[Asked], on_hand: &[u32], coming: &[(usize, u64, u32)]) -> Vec<Held> {
    let mut there: Vec<Vec<Option<NaiveDate>>> = on_hand
        .iter()
        .map(|units| vec![None; *units as usize])
        .collect();
    let mut order: Vec<usize> = (0..asked.len()).collect();
    order.sort_by_key(|at| asked[*at].key);
    let mut missing: Vec<u32> = asked.iter().map(|ask| ask.times - ask.taken).collect();
    let mut held: Vec<Held> = asked
        .iter()
        .map(|ask| Held {
            sets: ask.taken,
            due_on: None,
            to_buy: vec![0; ask.each.len()],
        })
        .collect();
    let next = |there: &[Vec<Option<NaiveDate>>], missing: &[u32], all: bool| {
        order.iter().copied().find(|at| {
            let ask = &asked[*at];
            let fits =
                |(product, per_kit): &(usize, u32)| there[*product].len() >= *per_kit as usize;
            missing[*at] > 0 && (all || ask.eligible) && ask.each.iter().all(fits)
        })
    };
    let take = |there: &mut [Vec<Option<NaiveDate>>], at: usize| {
        let days = asked[at].each.iter().flat_map(|(product, per_kit)| {
            there[*product]
                .drain(..*per_kit as usize)
                .collect::<Vec<_>>()
        });
        days.max().flatten()
    };
    while let Some(at) = next(&there, &missing, false) {
        take(&mut there, at);
        missing[at] -= 1;
        held[at].sets += 1;
    }
    let mut days: Vec<Option<u64>> = coming.iter().map(|(_, due, _)| Some(*due)).collect();
    days.push(None);
    days.sort_unstable();
    days.dedup();
    for today in days {
        for (product, due, units) in coming {
            if Some(*due) == today {
                there[*product].extend(vec![Some(day(*due)); *units as usize]);
            }
        }
        while let Some(at) = next(&there, &missing, true) {
            let due = take(&mut there, at);
            missing[at] -= 1;
            held[at].due_on = due.max(held[at].due_on);
        }
    }
    for at in &order {
        for (part, (product, per_kit)) in asked[*at].each.iter().enumerate() {
            let wanted = (missing[*at] * per_kit) as usize;
            let covered = wanted.min(there[*product].len());
            there[*product].drain(..covered);
            held[*at].to_buy[part] = (wanted - covered) as u32;
        }
        if missing[*at] > 0 {
            held[*at].due_on = None;
        }
    }
    held
}

prop_compose! {
    fn any_asked(order: u32)(
        is_kit in prop::bool::weighted(0.6), parts in prop::sample::subsequence(vec![0usize, 1, 2, 3], 1..4),
        per_kit in prop::collection::vec(1u32..4, 4), single in 0usize..4, times in 1u32..5, taken in 0u32..6,
        eligible in prop::bool::weighted(0.85), rank in 0i16..3, pinned in prop::option::weighted(0.15, 0u32..50),
        at in 0u32..30,
    ) -> Asked {
        let id = order.to_string().parse().expect("an id");
        let each = match is_kit {
            true => parts.iter().map(|part| (*part, per_kit[*part])).collect(),
            false => vec![(single, 1)],
        };
        Asked {
            key: QueueKey::new(pinned.map(placed), rank, NO_DATE, placed(at), id, 1),
            each,
            times,
            taken: taken.saturating_sub(4).min(times),
            eligible,
        }
    }
}

/// What is asked for, what lies there by product, and what is coming: product, day, units.
type AnyShop = (Vec<Asked>, Vec<u32>, Vec<(usize, u64, u32)>);

fn any_shop() -> impl Strategy<Value = AnyShop> {
    let asked =
        (0usize..10).prop_flat_map(|count| (1..=count as u32).map(any_asked).collect::<Vec<_>>());
    let on_hand = prop::collection::vec(0u32..14, 4);
    let coming = prop::collection::vec((0usize..4, 0u64..12, 1u32..8), 0..7);
    (asked, on_hand, coming)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_plan_of_kits_agrees_with_giving_out_one_set_at_a_time((asked, on_hand, coming) in any_shop()) {
        let planned = strictly(&asked, &on_hand, &coming);
        let naive = one_set_at_a_time(&asked, &on_hand, &coming);
        prop_assert_eq!(planned, naive);
    }

    #[test]
    fn with_kits_the_need_is_exact_and_no_shelf_gives_or_promises_more_than_it_has(
        (asked, on_hand, coming) in any_shop(), collect_before in prop::option::of(0u32..40),
    ) {
        let (shelves, whose) = shelves(&asked, &on_hand, &coming);
        let policy = match collect_before {
            None => Policy::StrictQueue,
            Some(minute) => Policy::CompleteFirst { collect_before: placed(minute) },
        };
        let verdicts = plan(&shelves, policy);
        held(&asked, &shelves, &whose, &verdicts);
        for (shelf, verdicts) in shelves.iter().zip(&verdicts) {
            let to_ship: Quantity = shelf.claims.iter().map(|claim| claim.to_ship).sum();
            let coming: Quantity = shelf.layers.iter().map(|layer| layer.quantity).sum();
            let reserved: Quantity = verdicts.iter().map(|verdict| verdict.reserved).sum();
            let needed: Quantity = verdicts.iter().map(|verdict| verdict.uncovered).sum();
            prop_assert!(reserved <= shelf.on_hand);
            prop_assert_eq!(needed, to_ship.less(shelf.on_hand + coming));
            for (claim, verdict) in shelf.claims.iter().zip(verdicts) {
                prop_assert!(claim.taken <= verdict.reserved && verdict.reserved <= claim.to_ship);
            }
        }
    }
}
