//! Every place of the menu opens without a complaint of the browser, and in the reader's scheme.

use backfill::web::Role;

use super::signed_in;
use crate::scenarios::desk::Desk;
use crate::support::app::Shop;

#[actix_web::test]
async fn every_place_of_the_menu_opens_without_a_complaint() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    desk.finds(mug, 3);
    let order = desk.order(1, &[(mug, 5)]);
    let purchase = desk.sent(&[(mug, 2)]);
    let menu = shop
        .admin()
        .await
        .page("/")
        .await
        .attributes("nav a.nav-item", "href");
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::Admin) else {
        return;
    };
    let records = [
        format!("/orders/{order}"),
        "/orders/new".into(),
        format!("/products/{mug}"),
        format!("/purchase-orders/{purchase}"),
        format!("/purchase-orders/{purchase}/receptions/new"),
    ];

    for place in menu.iter().chain(&records) {
        for (width, height) in [(1440, 900), (820, 1180)] {
            page.is_sized(width, height);
            page.goes_to(place);
            page.within("h1").sees("");
            assert_eq!(page.console_errors(), Vec::<String>::new(), "{place}");
        }
    }
    assert!(menu.len() > 10, "{menu:?}");
}

#[actix_web::test]
async fn a_scheme_is_chosen_once_and_kept() {
    let shop = Shop::open().await;
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::User) else {
        return;
    };
    let account = format!("Account of {}", shop.person(Role::User).name);

    page.clicks(&account);
    page.clicks("Dark");
    page.within("html[data-theme=dark]").sees("Dashboard");
    page.goes_to("/preparation");
    page.within("html[data-theme=dark]")
        .sees("Order preparation");

    page.clicks(&account);
    page.clicks("Like the system");
    page.within("html:not([data-theme])")
        .sees("Order preparation");
}
