//! Somebody acts at exactly the point where somebody else has locked and not yet written. What becomes of it does not
//! depend on who was first, or only in who is refused.

use std::thread;

use backfill::error::{Error, Result};
use backfill::types::RequestKey;

use super::desk::Desk;
use crate::support::app::Shop;
use crate::support::gate::Gate;

/// What became of the one who was held at the gate, and of the other, who came meanwhile.
fn in_between<A: Send, B: Send>(
    shop: &Shop,
    held: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    let mut gate = Gate::before_writing(shop.connect());
    thread::scope(|scope| {
        let held = scope.spawn(held);
        gate.holds_somebody();
        let other = scope.spawn(other);
        gate.holds_up(2, || other.is_finished());
        gate.open();
        (
            held.join().expect("who was held goes on"),
            other.join().expect("the other ends"),
        )
    })
}

/// Done, or refused by a rule; anything else breaks the test.
#[track_caller]
fn done<T>(end: &Result<T>) -> bool {
    match end {
        Ok(_) => true,
        Err(Error::Refused(_) | Error::Invalid(_)) => false,
        Err(failure) => panic!("{failure}"),
    }
}

#[actix_web::test]
async fn an_order_that_comes_during_a_reception_gets_what_is_left_of_it() {
    for order_is_held in [false, true] {
        let shop = Shop::open().await;
        let desk = Desk::of(&shop);
        let mug = desk.product("MUG");
        let first = desk.order(1, &[(mug, 4)]);
        let purchase = desk.sent(&[(mug, 10)]);
        let receives = || desk.receives(purchase, &RequestKey::fresh(), &[10]);
        let orders = || desk.order(2, &[(mug, 7)]);

        let (received, second) = if order_is_held {
            let (second, received) = in_between(&shop, orders, receives);
            (received, second)
        } else {
            in_between(&shop, receives, orders)
        };

        assert!(done(&received));
        assert_eq!(
            (desk.reserved(first), desk.reserved(second)),
            (vec![4], vec![6])
        );
    }
}

#[actix_web::test]
async fn the_last_unit_goes_to_who_comes_first_in_the_queue_whoever_wrote_first() {
    for earlier_is_held in [false, true] {
        let shop = Shop::open().await;
        let desk = Desk::of(&shop);
        let mug = desk.product("MUG");
        desk.finds(mug, 1);
        let earlier = || desk.order(1, &[(mug, 1)]);
        let later = || desk.order(2, &[(mug, 1)]);

        let (earlier, later) = if earlier_is_held {
            in_between(&shop, earlier, later)
        } else {
            let (later, earlier) = in_between(&shop, later, earlier);
            (earlier, later)
        };

        assert_eq!(
            (desk.reserved(earlier), desk.reserved(later)),
            (vec![1], vec![0])
        );
    }
}

#[actix_web::test]
async fn a_delivery_that_two_people_post_is_received_once() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    let waiting = desk.order(1, &[(mug, 15)]);
    let purchase = desk.sent(&[(mug, 10)]);
    let receives = || desk.receives(purchase, &RequestKey::fresh(), &[10]);

    let (held, other) = in_between(&shop, receives, receives);

    assert!(done(&held));
    assert!(!done(&other), "all of it came already");
    assert_eq!((desk.on_hand(mug), desk.reserved(waiting)), (10, vec![10]));
}

#[actix_web::test]
async fn a_delivery_that_is_sent_twice_is_received_once_and_answered_the_same() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    let purchase = desk.sent(&[(mug, 20)]);
    let key = RequestKey::fresh();
    let receives = || desk.receives(purchase, &key, &[10]);

    let (held, other) = in_between(&shop, receives, receives);

    assert_eq!(held.expect("it is received"), other.expect("it was"));
    assert_eq!(desk.on_hand(mug), 10);
}

#[actix_web::test]
async fn a_reversal_during_a_reception_takes_out_only_what_came_before() {
    for reversal_is_held in [false, true] {
        let shop = Shop::open().await;
        let desk = Desk::of(&shop);
        let mug = desk.product("MUG");
        let [first, second] = [1, 2].map(|minute| desk.order(minute, &[(mug, 6)]));
        let purchase = desk.sent(&[(mug, 20)]);
        let earlier = desk.receives(purchase, &RequestKey::fresh(), &[8]);
        let earlier = earlier.expect("eight came");
        let receives = || desk.receives(purchase, &RequestKey::fresh(), &[10]);
        let reverses = || desk.reverses(earlier);

        let (received, reversed) = if reversal_is_held {
            let (reversed, received) = in_between(&shop, reverses, receives);
            (received, reversed)
        } else {
            in_between(&shop, receives, reverses)
        };

        assert!(done(&received) && done(&reversed));
        assert_eq!(desk.on_hand(mug), 10);
        assert_eq!(
            (desk.reserved(first), desk.reserved(second)),
            (vec![6], vec![4])
        );
    }
}

#[actix_web::test]
async fn a_reception_is_reversed_once() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    let purchase = desk.sent(&[(mug, 20)]);
    let reception = desk.receives(purchase, &RequestKey::fresh(), &[8]);
    let reception = reception.expect("eight came");

    let (held, other) = in_between(
        &shop,
        || desk.reverses(reception),
        || desk.reverses(reception),
    );

    assert_eq!((done(&held), done(&other)), (true, false));
    assert_eq!(desk.on_hand(mug), 0);
}

#[actix_web::test]
async fn what_leaves_is_not_cancelled_meanwhile() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    desk.finds(mug, 5);
    let order = desk.order(1, &[(mug, 5)]);
    let parcel = desk.prepares(order).expect("five are reserved");

    let (shipped, cancelled) = in_between(&shop, || desk.ships(parcel), || desk.cancels(order));

    assert_eq!((done(&shipped), done(&cancelled)), (true, false));
    assert_eq!(desk.lines(order)[0].shipped.get(), 5);
}

#[actix_web::test]
async fn one_line_leaves_while_another_is_cancelled_and_the_order_is_closed() {
    for cancelling_is_held in [false, true] {
        let shop = Shop::open().await;
        let desk = Desk::of(&shop);
        let (mug, jug) = (desk.product("MUG"), desk.product("JUG"));
        desk.finds(mug, 5);
        let order = desk.order(1, &[(mug, 5), (jug, 2)]);
        let parcel = desk.prepares(order).expect("five are reserved");
        let ships = || desk.ships(parcel);
        let cancels = || desk.cancels_line(order, 1);

        let (one, other) = if cancelling_is_held {
            in_between(&shop, cancels, ships)
        } else {
            in_between(&shop, ships, cancels)
        };

        assert!(done(&one) && done(&other));
        assert!(!done(&desk.cancels(order)), "it is closed");
    }
}

#[actix_web::test]
async fn an_order_is_prepared_or_cancelled_whoever_was_first() {
    for cancelling_is_held in [false, true] {
        let shop = Shop::open().await;
        let desk = Desk::of(&shop);
        let mug = desk.product("MUG");
        desk.finds(mug, 5);
        let order = desk.order(1, &[(mug, 5)]);
        let prepares = || desk.prepares(order).map(drop);
        let cancels = || desk.cancels(order);

        let (held, other) = if cancelling_is_held {
            in_between(&shop, cancels, prepares)
        } else {
            in_between(&shop, prepares, cancels)
        };

        assert_eq!((done(&held), done(&other)), (true, false));
    }
}

#[actix_web::test]
async fn a_count_during_a_pick_takes_nothing_out_of_the_parcel() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    desk.finds(mug, 5);
    let order = desk.order(1, &[(mug, 5)]);

    let (picked, counted) = in_between(
        &shop,
        || desk.prepares(order),
        || desk.counts_off_by(mug, -2),
    );

    assert_eq!((done(&picked), done(&counted)), (true, false));
    assert_eq!((desk.on_hand(mug), desk.reserved(order)), (5, vec![5]));
}

#[actix_web::test]
async fn a_pick_during_a_count_takes_only_what_was_found() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    desk.finds(mug, 5);
    let order = desk.order(1, &[(mug, 5)]);

    let (counted, picked) = in_between(
        &shop,
        || desk.counts_off_by(mug, -2),
        || desk.prepares(order),
    );

    assert!(done(&counted) && done(&picked));
    desk.ships(picked.expect("three are in a parcel"))
        .expect("they leave");
    assert_eq!(desk.lines(order)[0].shipped.get(), 3);
}

#[actix_web::test]
async fn the_same_units_are_moved_to_one_order_only() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    desk.finds(mug, 5);
    let [giver, one, other] = [1, 2, 3].map(|minute| desk.order(minute, &[(mug, 5)]));

    let (held, refused) = in_between(
        &shop,
        || desk.moves(giver, one, 5),
        || desk.moves(giver, other, 5),
    );

    assert_eq!((done(&held), done(&refused)), (true, false));
    let reserved = [giver, one, other].map(|order| desk.reserved(order)[0]);
    assert_eq!(reserved, [0, 5, 0]);
}
