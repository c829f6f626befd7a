//! Pages that lie open while others work.

use backfill::types::RequestKey;
use backfill::web::Role;

use super::signed_in;
use crate::scenarios::desk::Desk;
use crate::support::app::Shop;

#[actix_web::test]
async fn an_open_tab_shows_the_order_that_a_reception_frees_without_being_loaded_again() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    desk.order(1, &[(mug, 5)]);
    let purchase = desk.sent(&[(mug, 5)]);
    let served = shop.serve();
    let Some(picker) = signed_in(&shop, &served, Role::User) else {
        return;
    };
    picker.goes_to("/preparation?tab=in-stock");
    picker.sees("No order is ready");

    desk.receives(purchase, &RequestKey::fresh(), &[5])
        .expect("five arrive");

    picker.within("main").sees("Anna Keller");
    picker.does_not_see("No order is ready");
}

#[actix_web::test]
async fn an_open_order_shows_what_a_great_delivery_brings_to_it_and_a_hundred_others() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    let orders: Vec<_> = (0..100)
        .map(|minute| desk.order(minute, &[(mug, 1)]))
        .collect();
    let purchase = desk.sent(&[(mug, 100)]);
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::User) else {
        return;
    };
    page.goes_to(&format!("/orders/{}", orders[99]));
    page.sees("1 of 1 units are missing");

    desk.receives(purchase, &RequestKey::fresh(), &[100])
        .expect("a hundred arrive");

    page.does_not_see("are missing");
    page.within("main").sees("Reserved");
}

#[actix_web::test]
async fn an_open_why_stays_open_and_learns_what_changed() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    let order = desk.order(1, &[(mug, 5)]);
    let purchase = desk.sent(&[(mug, 5)]);
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::User) else {
        return;
    };
    page.goes_to(&format!("/orders/{order}"));
    page.clicks("Why does MUG wait?");
    page.within(".why").sees("The missing 5 come with");

    desk.receives(purchase, &RequestKey::fresh(), &[2])
        .expect("two arrive");

    page.within(".why").sees("The missing 3 come with");
}
