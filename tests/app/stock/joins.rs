//! Lines that join in great numbers: weighed part by part, they come to what they come to at once.

use backfill::stock::{self, Ask, Effects, Happening, NO_DATE, Place, Priority};
use backfill::types::{OrderId, OrderLineId, ProductId, Quantity};
use chrono::{DateTime, TimeDelta, Utc};

use crate::scenarios::desk::Desk;
use crate::support::app::Shop;

/// Three products whose units are all given to orders of today.
fn given(desk: &Desk) -> [ProductId; 3] {
    let products = ["MUG", "CUP", "PIN"].map(|sku| desk.product(sku));
    for (minute, product) in (0..).zip(products) {
        desk.finds(product, 3_000);
        desk.order(minute, &[(product, 2_000)]);
        desk.order(minute, &[(product, 900)]);
    }
    products
}

/// So many orders of long ago, of a unit of each product.
fn joins(desk: &Desk, products: &[ProductId], orders: u32) -> Vec<Ask> {
    let long_ago: DateTime<Utc> = "2010-12-01T12:00:00Z".parse().expect("a moment");
    let lines = (0..orders).flat_map(|order| (1..).zip(products).map(move |line| (order, line)));
    let asks = (0..)
        .zip(lines)
        .map(|(nth, (order, (line_number, product)))| Ask {
            line: OrderLineId::unwritten(nth),
            order: OrderId::unwritten(order),
            place: Place::new(desk.main(), *product),
            to_ship: Quantity::new(1),
            priority_rank: Priority::Normal.rank(),
            required_by: NO_DATE,
            placed_at: long_ago + TimeDelta::minutes(order.into()),
            line_number,
            held: false,
            set: None,
        });
    asks.collect()
}

/// What they come to part by part, and at once.
fn both(shop: &Shop, joins: Vec<Ask>) -> [Effects; 2] {
    let at = Utc::now();
    let all: Vec<Happening> = joins.iter().cloned().map(Happening::Join).collect();
    shop.read(|conn| {
        Ok([
            stock::preview_joins(conn, at, joins)?,
            stock::preview(conn, at, &all)?,
        ])
    })
}

#[actix_web::test]
async fn queues_that_decide_nothing_about_each_other_are_weighed_apart() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let products = given(&desk);

    let [apart, at_once] = both(&shop, joins(&desk, &products, 2_500));

    assert_eq!(apart, at_once);
    assert_eq!(
        apart.sum(),
        "6 orders lose 7,200 units, 2,500 orders get 7,500 units."
    );
}

#[actix_web::test]
async fn queues_of_complete_orders_are_weighed_at_once() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let products = given(&desk);
    desk.completes_orders_first(0);

    let [apart, at_once] = both(&shop, joins(&desk, &products, 2_500));

    assert_eq!(apart, at_once);
}

#[actix_web::test]
async fn queues_that_share_kits_are_weighed_at_once() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let products = given(&desk);
    let set = desk.kit("SET", &[(products[0], 1), (products[1], 1)]);
    desk.order(9, &[(set, 100)]);

    let [apart, at_once] = both(&shop, joins(&desk, &products, 2_500));

    assert_eq!(apart, at_once);
}
