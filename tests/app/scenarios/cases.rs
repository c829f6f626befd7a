//! Cases whose figures must come out exactly so.

use backfill::preparation::Tab;
use backfill::types::RequestKey;

use super::desk::Desk;
use crate::support::app::Shop;

#[actix_web::test]
async fn seven_units_received_for_three_orders_of_five_stand_in_three_tabs() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    let orders = [1, 2, 3].map(|minute| desk.order(minute, &[(mug, 5)]));
    let purchase = desk.sent(&[(mug, 15)]);
    assert_eq!(orders.map(|order| desk.tab(order)), [Tab::Backorder; 3]);

    desk.receives(purchase, &RequestKey::fresh(), &[7])
        .expect("seven arrive");

    assert_eq!(
        orders.map(|order| desk.reserved(order)),
        [vec![5], vec![2], vec![0]]
    );
    assert_eq!(
        orders.map(|order| desk.tab(order)),
        [Tab::InStock, Tab::Partial, Tab::Backorder]
    );
    let counts = desk.counts();
    let tabs = [Tab::InStock, Tab::Partial, Tab::Backorder, Tab::InProgress];
    assert_eq!(tabs.map(|tab| counts.of(tab)), [1, 1, 1, 0]);
}

#[actix_web::test]
async fn an_order_of_two_lines_is_partial_with_one_of_them_and_in_stock_with_both() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let (mug, jug) = (desk.product("MUG"), desk.product("JUG"));
    let order = desk.order(1, &[(mug, 2), (jug, 3)]);
    let purchase = desk.sent(&[(mug, 2), (jug, 3)]);
    assert_eq!(desk.tab(order), Tab::Backorder);

    desk.receives(purchase, &RequestKey::fresh(), &[2, 0])
        .expect("the first arrives");
    assert_eq!(desk.tab(order), Tab::Partial);

    desk.receives(purchase, &RequestKey::fresh(), &[0, 3])
        .expect("the second arrives");
    assert_eq!(desk.tab(order), Tab::InStock);
}

#[actix_web::test]
async fn when_three_reserved_units_are_lost_the_last_order_in_the_queue_loses_them_and_its_tab() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    desk.finds(mug, 10);
    let (first, last) = (desk.order(1, &[(mug, 6)]), desk.order(2, &[(mug, 4)]));
    assert_eq!([desk.tab(first), desk.tab(last)], [Tab::InStock; 2]);

    desk.finds(mug, -3);

    assert_eq!(
        (desk.reserved(first), desk.reserved(last)),
        (vec![6], vec![1])
    );
    assert_eq!(
        [desk.tab(first), desk.tab(last)],
        [Tab::InStock, Tab::Partial]
    );
}

#[actix_web::test]
async fn the_rest_of_an_order_that_ships_in_part_keeps_its_place_before_those_who_came_later() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    desk.finds(mug, 3);
    let (first, last) = (desk.order(1, &[(mug, 5)]), desk.order(2, &[(mug, 5)]));
    let parcel = desk.prepares(first).expect("three are reserved");
    desk.ships(parcel).expect("they leave");
    assert_eq!(desk.tab(first), Tab::Backorder);

    desk.finds(mug, 4);

    assert_eq!(
        (desk.reserved(first), desk.reserved(last)),
        (vec![2], vec![2])
    );
    assert_eq!(
        [desk.tab(first), desk.tab(last)],
        [Tab::InStock, Tab::Partial]
    );
}
