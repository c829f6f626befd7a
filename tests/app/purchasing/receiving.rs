//! Goods arrive, and reach the orders that wait in the same moment.

use std::sync::Barrier;
use std::thread;

use backfill::db::{Once, Who};
use backfill::purchasing::{self, Delivery, Error, Reception, Status};
use backfill::schema::{consignments, receptions};
use backfill::stock::{self, Place};
use backfill::types::{RequestKey, UserId};
use diesel::prelude::*;

use super::desk::{noon, units};
use crate::support::app::Shop;

fn a_request() -> Once {
    let form = vec![(
        RequestKey::FIELD.to_owned(),
        RequestKey::fresh().to_string(),
    )];
    Once::of(UserId::unwritten(1), "POST /receptions", &form.into()).expect("it has a key")
}

#[actix_web::test]
async fn seven_received_for_three_orders_of_five_serve_them_in_the_order_of_the_queue() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let shelf = Place::new(warehouse, mug);
    let orders: Vec<_> = (1..=3)
        .map(|minute| shop.ordered(shelf, 5, minute))
        .collect();
    let purchase = shop.sent(supplier, warehouse, &[(mug, 15)]);

    let reception = shop.received(&purchase, &[7]);

    assert_eq!(shop.reserved(shelf), [5, 2, 0]);
    let tabs: Vec<String> = shop.read(|conn| {
        Ok(consignments::table
            .order(consignments::placed_at)
            .select(consignments::state)
            .load(conn)?)
    });
    assert_eq!(tabs, ["reserved", "partial", "missing"]);
    let assigned = shop.read(|conn| Ok(stock::assigned_by(conn, reception)?));
    let answer: Vec<_> = assigned
        .iter()
        .map(|each| (each.order_id, each.quantity.get(), each.is_ready))
        .collect();
    assert_eq!(answer, [(orders[0], 5, true), (orders[1], 2, false)]);
    assert_eq!(shop.order_now(&purchase).status, Status::PartlyReceived);
}

#[actix_web::test]
async fn when_everything_arrived_the_purchase_order_is_received() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let (mug, jug) = (shop.bought("MUG", supplier), shop.bought("JUG", supplier));
    let purchase = shop.sent(supplier, warehouse, &[(mug, 4), (jug, 6)]);

    shop.received(&purchase, &[4, 2]);
    assert_eq!(shop.order_now(&purchase).status, Status::PartlyReceived);
    shop.received(&purchase, &[0, 4]);

    let purchase = shop.order_now(&purchase);
    assert_eq!(
        (purchase.status, purchase.closed_at),
        (Status::Received, Some(noon()))
    );
    assert_eq!(shop.on_hand(Place::new(warehouse, jug)), 6);
}

#[actix_web::test]
async fn a_delivery_posted_twice_is_received_once() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let purchase = shop.sent(supplier, warehouse, &[(mug, 10)]);
    let (delivery, request) = (shop.delivery(&purchase, &[4]), a_request());
    let post = || {
        shop.write_as(Who::BACKFILL.at(noon()), |act| {
            act.once(&request, |act| {
                Ok(purchasing::receive(act, purchase.id, &delivery)?)
            })
        })
    };

    let (first, second) = (post(), post());

    assert_eq!(first, second);
    assert_eq!(shop.on_hand(Place::new(warehouse, mug)), 4);
}

#[actix_web::test]
async fn a_double_click_that_reaches_two_servers_at_once_is_received_once() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let purchase = shop.sent(supplier, warehouse, &[(mug, 10)]);
    let (delivery, request) = (shop.delivery(&purchase, &[10]), a_request());
    let (db, barrier) = (shop.db().clone(), Barrier::new(2));

    let answers: Vec<_> = thread::scope(|scope| {
        let post = || {
            barrier.wait();
            db.write_now(Who::BACKFILL.at(noon()), |act| {
                act.once(&request, |act| {
                    Ok(purchasing::receive(act, purchase.id, &delivery)?)
                })
            })
        };
        let threads = [scope.spawn(post), scope.spawn(post)];
        threads
            .map(|thread| thread.join().expect("no panic"))
            .into()
    });

    let answers: Vec<_> = answers
        .into_iter()
        .map(|answer| answer.expect("an answer"))
        .collect();
    assert_eq!(answers[0], answers[1]);
    assert_eq!(shop.on_hand(Place::new(warehouse, mug)), 10);
}

#[actix_web::test]
async fn two_desks_that_receive_the_same_lorry_are_told_that_it_is_too_much() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let purchase = shop.sent(supplier, warehouse, &[(mug, 10)]);
    shop.received(&purchase, &[8]);

    let again = shop.delivery(&purchase, &[8]);
    let refusal = shop.try_at_noon(|act| purchasing::receive(act, purchase.id, &again));

    let Err(Error::MoreThanOrdered(over)) = refusal else {
        panic!("{refusal:?}");
    };
    assert_eq!(
        (over[0].sku.as_str(), over[0].quantity, over[0].to_come),
        ("MUG", units(8), units(2))
    );
}

#[actix_web::test]
async fn more_than_ordered_is_received_with_a_reason_that_is_kept() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let purchase = shop.sent(supplier, warehouse, &[(mug, 10)]);
    let delivery = Delivery {
        accept_over: Some("They rounded up to a full box".into()),
        note: "One box torn".into(),
        ..shop.delivery(&purchase, &[12])
    };

    let id = shop.write_as(Who::BACKFILL.at(noon()), |act| {
        Ok(purchasing::receive(act, purchase.id, &delivery)?)
    });

    let reception: Reception = shop.read(|conn| {
        Ok(Reception::query()
            .filter(receptions::id.eq(id))
            .first(conn)?)
    });
    assert_eq!(
        reception.note,
        "One box torn\nMore than ordered accepted (2 of MUG): They rounded up to a full box"
    );
    assert_eq!(shop.on_hand(Place::new(warehouse, mug)), 12);
    assert_eq!(shop.order_now(&purchase).status, Status::Received);
}

#[actix_web::test]
async fn a_draft_and_a_delivery_of_nothing_cannot_be_received() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let draft = shop.draft(supplier, warehouse, &[(mug, 10)]);
    let sent = shop.sent(supplier, warehouse, &[(mug, 10)]);
    let receive = |order, delivery: &Delivery| {
        shop.try_at_noon(|act| purchasing::receive(act, order, delivery))
    };

    let of_draft = receive(draft.id, &shop.delivery(&draft, &[1]));
    let of_nothing = receive(sent.id, &shop.delivery(&sent, &[0]));
    let of_other = receive(sent.id, &shop.delivery(&draft, &[1]));

    assert!(
        matches!(of_draft, Err(Error::CannotBe { .. })),
        "{of_draft:?}"
    );
    assert!(
        matches!(of_nothing, Err(Error::NothingReceived)),
        "{of_nothing:?}"
    );
    assert!(
        matches!(of_other, Err(Error::NoSuchLine(_))),
        "{of_other:?}"
    );
}

#[actix_web::test]
async fn receiving_takes_as_many_statements_for_forty_lines_as_for_two() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let mut counts = Vec::new();
    for lines in [2_u32, 40] {
        let products: Vec<_> = (0..lines)
            .map(|line| (shop.bought(&format!("P{lines}-{line}"), supplier), 5))
            .collect();
        let places: Vec<_> = products
            .iter()
            .map(|(product, _)| (Place::new(warehouse, *product), 3))
            .collect();
        shop.ordered_many(&places, i64::from(lines));
        let purchase = shop.sent(supplier, warehouse, &products);
        let delivery = shop.delivery(&purchase, &vec![4; lines as usize]);

        let before = shop.db().statements();
        shop.write_as(Who::BACKFILL.at(noon()), |act| {
            Ok(purchasing::receive(act, purchase.id, &delivery)?)
        });
        counts.push(shop.db().statements() - before);
    }

    assert_eq!(counts[0], counts[1]);
}
