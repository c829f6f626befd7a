//! Two people do at the same moment what only one of them can, or what both may.

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;

use backfill::db::Who;
use backfill::error::{Error, Result};
use backfill::inventory::{self, Ended, Ending, Sending};
use backfill::preparation::Tab;
use backfill::schema::transfer_lines;
use backfill::types::{OrderId, Quantity, RequestKey, TransferLineId};
use diesel::prelude::*;

use super::desk::Desk;
use crate::support::app::Shop;

/// Often enough that both orders of events are seen.
const ROUNDS: i64 = 6;

/// So many people act at the same moment; what became of each.
fn at_once<T: Send>(people: usize, act: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let start = Barrier::new(people);
    thread::scope(|scope| {
        let begun: Vec<_> = (0..people)
            .map(|person| {
                let (start, act) = (&start, &act);
                scope.spawn(move || {
                    start.wait();
                    act(person)
                })
            })
            .collect();
        let ended = begun.into_iter().map(thread::ScopedJoinHandle::join);
        ended.map(|end| end.expect("nobody breaks down")).collect()
    })
}

/// Two people, two things.
pub fn both<T: Send>(one: impl Fn() -> T + Sync, other: impl Fn() -> T + Sync) -> (T, T) {
    let mut ends = at_once(2, |person| if person == 0 { one() } else { other() });
    let second = ends.pop().expect("the other has an end");
    (ends.pop().expect("so has the one"), second)
}

/// How many were done; the others were refused by a rule.
#[track_caller]
pub fn done<T>(ends: &[Result<T>]) -> usize {
    for end in ends {
        match end {
            Ok(_) | Err(Error::Refused(_) | Error::Invalid(_)) => {}
            Err(failure) => panic!("{failure}"),
        }
    }
    ends.iter().filter(|end| end.is_ok()).count()
}

#[actix_web::test]
async fn two_managers_who_receive_the_same_goods_receive_them_once() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    for round in 0..ROUNDS {
        let mug = desk.product(&format!("MUG-{round}"));
        let orders = [1, 2, 3].map(|minute| desk.order(minute, &[(mug, 4)]));
        let purchase = desk.sent(&[(mug, 10)]);

        let ends = at_once(2, |_| desk.receives(purchase, &RequestKey::fresh(), &[10]));

        assert_eq!(done(&ends), 1);
        assert_eq!(desk.on_hand(mug), 10);
        let reserved = orders.map(|order| desk.reserved(order));
        assert_eq!(reserved, [vec![4], vec![4], vec![2]]);
    }
}

#[actix_web::test]
async fn a_delivery_posted_twice_at_once_is_received_once_and_both_see_the_same_reception() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    for round in 0..ROUNDS {
        let mug = desk.product(&format!("MUG-{round}"));
        let purchase = desk.sent(&[(mug, 20)]);
        let key = RequestKey::fresh();

        let ends = at_once(3, |_| desk.receives(purchase, &key, &[10]));

        assert_eq!(done(&ends), 3);
        let receptions: BTreeSet<String> = ends.iter().flatten().map(ToString::to_string).collect();
        assert_eq!(receptions.len(), 1);
        assert_eq!(desk.on_hand(mug), 10);
    }
}

#[actix_web::test]
async fn deliveries_of_the_same_products_in_opposite_order_do_not_wait_for_each_other() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let (mug, jug) = (desk.product("MUG"), desk.product("JUG"));
    for minute in 0..ROUNDS {
        desk.order(minute, &[(jug, 3), (mug, 3)]);
    }
    let purchases: Vec<_> = (0..4)
        .map(|number| match number % 2 {
            0 => desk.sent(&[(mug, 6), (jug, 6)]),
            _ => desk.sent(&[(jug, 6), (mug, 6)]),
        })
        .collect();

    let ends = at_once(4, |person| {
        let purchase = purchases[person];
        desk.receives(purchase, &RequestKey::fresh(), &[2, 4])?;
        desk.receives(purchase, &RequestKey::fresh(), &[4, 2])
    });

    assert_eq!(done(&ends), 4);
    assert_eq!((desk.on_hand(mug), desk.on_hand(jug)), (24, 24));
}

#[actix_web::test]
async fn what_is_received_while_orders_arrive_goes_to_them_to_the_last_unit() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    let purchase = desk.sent(&[(mug, 40)]);

    let placed: Vec<Vec<OrderId>> = at_once(4, |person| {
        let mut placed = Vec::new();
        for round in 0..5 {
            let minute = i64::try_from(person).expect("few people") * 5 + round;
            if person % 2 == 0 {
                placed.push(desk.order(minute, &[(mug, 3)]));
            } else {
                let received = desk.receives(purchase, &RequestKey::fresh(), &[4]);
                received.expect("more are to come");
            }
        }
        placed
    });

    let reserved: u32 = placed
        .iter()
        .flatten()
        .flat_map(|order| desk.reserved(*order))
        .sum();
    assert_eq!(desk.on_hand(mug), 40);
    assert_eq!(reserved, 30);
}

#[actix_web::test]
async fn an_order_that_is_cancelled_while_its_parcel_leaves_has_left() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    for round in 0..ROUNDS {
        desk.finds(mug, 5);
        let order = desk.order(round, &[(mug, 5)]);
        let parcel = desk.prepares(order).expect("five are reserved");

        let (shipped, cancelled) = both(|| desk.ships(parcel), || desk.cancels(order));

        assert_eq!((done(&[shipped]), done(&[cancelled])), (1, 0));
        assert_eq!(desk.on_hand(mug), 0);
        assert_eq!(desk.lines(order)[0].shipped, Quantity::new(5));
    }
}

#[actix_web::test]
async fn of_an_order_in_part_in_a_parcel_only_the_rest_can_be_cancelled_and_only_after_it_left() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    for round in 0..ROUNDS {
        desk.finds(mug, 3);
        let order = desk.order(round, &[(mug, 5)]);
        let parcel = desk.prepares(order).expect("three are reserved");

        let (shipped, cancelled) = both(|| desk.ships(parcel), || desk.cancels(order));

        assert_eq!(done(&[shipped]), 1);
        let given_up = if done(&[cancelled]) == 1 { 2 } else { 0 };
        let line = &desk.lines(order)[0];
        assert_eq!((line.shipped.get(), line.cancelled.get()), (3, given_up));
        assert_eq!(desk.on_hand(mug), 0);
        if given_up == 0 {
            desk.cancels(order).expect("nothing of it is in a parcel");
        }
    }
}

#[actix_web::test]
async fn a_parcel_leaves_or_goes_back_but_not_both() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    for round in 0..ROUNDS {
        let mug = desk.product(&format!("MUG-{round}"));
        desk.finds(mug, 5);
        let order = desk.order(round, &[(mug, 5)]);
        let parcel = desk.prepares(order).expect("five are reserved");

        let (left, went_back) = both(|| desk.ships(parcel), || desk.gives_back(parcel));

        let left = done(&[left]);
        assert_eq!(left + done(&[went_back]), 1);
        assert_eq!(desk.on_hand(mug), if left == 1 { 0 } else { 5 });
        let tab = if left == 1 {
            Tab::Shipped
        } else {
            Tab::InStock
        };
        assert_eq!(desk.tab(order), tab);
    }
}

#[actix_web::test]
async fn an_order_is_prepared_or_cancelled_but_not_both() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    for round in 0..ROUNDS {
        let mug = desk.product(&format!("MUG-{round}"));
        desk.finds(mug, 5);
        let order = desk.order(round, &[(mug, 5)]);

        let (prepared, cancelled) = both(|| desk.prepares(order).map(drop), || desk.cancels(order));

        let prepared = done(&[prepared]);
        assert_eq!(prepared + done(&[cancelled]), 1);
        let tab = if prepared == 1 {
            Tab::InProgress
        } else {
            Tab::Shipped
        };
        assert_eq!(desk.tab(order), tab, "and what is cancelled is done");
        assert_eq!(desk.counts().of(Tab::Shipped), 0);
    }
}

#[actix_web::test]
async fn two_pickers_never_get_the_same_order() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    for round in 0..ROUNDS {
        desk.finds(mug, 5);
        let order = desk.order(round, &[(mug, 5)]);

        let ends = at_once(2, |_| desk.prepares(order));

        assert_eq!(done(&ends), 1);
        assert_eq!(desk.tab(order), Tab::InProgress);
    }
}

#[actix_web::test]
async fn two_pickers_who_choose_the_same_orders_share_them() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    desk.finds(mug, 20);
    let orders: Vec<OrderId> = (0..10)
        .map(|minute| desk.order(minute, &[(mug, 2)]))
        .collect();
    let reversed: Vec<OrderId> = orders.iter().rev().copied().collect();

    let (one, other) = both(
        || desk.prepares_all(&orders),
        || desk.prepares_all(&reversed),
    );

    let (one, other) = (one.expect("a batch"), other.expect("another"));
    assert_eq!(one.begun.len() + other.begun.len(), 10);
    assert_eq!(one.refused.len(), other.begun.len());
    assert_eq!(other.refused.len(), one.begun.len());
    assert_eq!(desk.counts().of(Tab::InProgress), 10);
}

#[actix_web::test]
async fn two_managers_who_receive_the_same_transfer_receive_it_once() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let (db, east) = (shop.db(), shop.warehouse("EAST"));
    for round in 0..ROUNDS {
        let mug = desk.product(&format!("MUG-{round}"));
        desk.finds(mug, 8);
        let transfer = shop.sends_transfer([desk.main(), east], &[(mug, 8)]);
        let line: TransferLineId = shop.read(|conn| {
            Ok(transfer_lines::table
                .filter(transfer_lines::transfer_id.eq(transfer.id))
                .select(transfer_lines::id)
                .first(conn)?)
        });

        let ends = at_once(3, |person| {
            let ending = [Ending::Received, Ending::Lost, Ending::CalledBack][person];
            let ended = Ended {
                ending,
                lines: vec![(line, Quantity::new(8))],
                note: "the last of it".into(),
            };
            db.write_now(Who::BACKFILL, |act| {
                Ok(inventory::end_transfer(act, transfer.id, &ended)?)
            })
        });

        assert_eq!(done(&ends), 1);
    }
}

#[actix_web::test]
async fn two_managers_who_send_the_same_units_send_them_once() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let (db, east) = (shop.db(), shop.warehouse("EAST"));
    for round in 0..ROUNDS {
        let mug = desk.product(&format!("MUG-{round}"));
        desk.finds(mug, 8);
        let way = [desk.main(), east];
        let drafts = [5, 5].map(|units| shop.drafts_transfer(way, &[(mug, units)]).id);

        let ends = at_once(2, |person| {
            db.write_now(Who::BACKFILL, |act| {
                Ok(inventory::send_transfer(
                    act,
                    drafts[person],
                    &Sending::FREE,
                )?)
            })
        });

        assert_eq!(done(&ends), 1);
        assert_eq!(desk.on_hand(mug), 3);
    }
}
