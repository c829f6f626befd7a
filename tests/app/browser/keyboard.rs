//! Whoever has both hands on the keyboard leaves them there.

use backfill::web::Role;

use super::signed_in;
use crate::scenarios::desk::Desk;
use crate::support::app::Shop;

#[actix_web::test]
async fn two_keys_lead_to_the_pages_of_the_day() {
    let shop = Shop::open().await;
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::Manager) else {
        return;
    };

    for (keys, path) in [
        ("g o", "/orders"),
        ("g p", "/preparation"),
        ("g r", "/replenishment"),
        ("g u", "/purchase-orders"),
        ("g c", "/receptions"),
        ("g d", "/"),
    ] {
        page.presses(keys);
        page.is_at(path);
    }
}

#[actix_web::test]
async fn a_slash_goes_to_the_search_and_what_is_typed_there_is_text() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let (mug, jug) = (desk.product("MUG"), desk.product("JUG"));
    desk.order(1, &[(mug, 1)]);
    desk.order(2, &[(jug, 1)]);
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::User) else {
        return;
    };

    page.presses("/ g o ?");
    page.does_not_see("Next and previous row");
    page.presses("Escape");
    page.goes_to("/orders");
    page.sees("JUG");
    page.presses("/");
    page.scans_into_the_field("MUG");

    page.does_not_see("JUG");
    page.within("main").sees("MUG");
}

#[actix_web::test]
async fn a_question_mark_lists_the_keys() {
    let shop = Shop::open().await;
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::User) else {
        return;
    };

    page.presses("?");
    page.sees("Next and previous row");

    page.presses("Escape");
    page.does_not_see("Next and previous row");
}

#[actix_web::test]
async fn rows_are_walked_and_opened_without_a_mouse() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    let (first, second) = (desk.order(1, &[(mug, 1)]), desk.order(2, &[(mug, 1)]));
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::User) else {
        return;
    };
    page.goes_to("/preparation?tab=backorder");

    page.presses("j j Enter");
    page.is_at(&format!("/orders/{second}"));

    page.goes_to("/preparation?tab=backorder");
    page.presses("j ArrowDown k Enter");
    page.is_at(&format!("/orders/{first}"));
}

#[actix_web::test]
async fn what_a_scanner_types_outside_of_a_field_opens_and_presses_nothing() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("GORGE");
    desk.order(1, &[(mug, 1)]);
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::User) else {
        return;
    };
    page.goes_to("/preparation?tab=backorder");

    page.scans("gorge");

    page.is_at(&format!("/products/{mug}"));
}

#[actix_web::test]
async fn control_and_k_go_to_the_search_box_of_every_page() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::User) else {
        return;
    };
    page.goes_to("/orders");

    page.presses("Control+k");
    page.scans_into_the_field("MUG");

    page.is_at(&format!("/products/{mug}"));
}
