//! What there is room for at a desk, and on a tablet on a trolley.

use backfill::sales;
use backfill::schema::{consignments, demand, orders, products};
use backfill::stock::Priority;
use backfill::types::ProductId;
use backfill::web::Role;
use chrono::Utc;
use diesel::prelude::*;

use super::signed_in;
use crate::scenarios::desk::Desk;
use crate::support::app::Shop;

/// The least height of what a finger in a glove presses, in pixels.
const FINGER: u32 = 44;

/// An order of more than twenty lines: two are missing, one of them in part and late.
fn great_order(desk: &Desk) -> backfill::types::OrderId {
    let products: Vec<ProductId> = (0..22)
        .map(|at| desk.product(&format!("HOLDER-{at:02}")))
        .collect();
    for product in &products[2..] {
        desk.finds(*product, 100);
    }
    desk.finds(products[1], 2);
    desk.sent(&[(products[1], 9)]);
    let lines: Vec<_> = products.iter().map(|product| (*product, 11)).collect();
    desk.order(1, &lines)
}

#[actix_web::test]
async fn no_column_of_an_order_lies_under_another_at_a_desk() {
    let shop = Shop::open().await;
    let order = great_order(&Desk::of(&shop));
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::Manager) else {
        return;
    };

    page.goes_to(&format!("/orders/{order}"));

    page.sees("2 of 11 reserved, rest");
    assert_eq!(page.reaches_beyond(".grid-wrap[aria-label=Lines]"), 0);
    assert_eq!(page.cut_off(".grid td"), Vec::<String>::new());
}

#[actix_web::test]
async fn the_lines_of_an_order_are_narrowed_to_what_is_missing_by_a_link() {
    let shop = Shop::open().await;
    let order = great_order(&Desk::of(&shop));
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::User) else {
        return;
    };
    page.goes_to(&format!("/orders/{order}"));
    page.sees("HOLDER-21");

    page.clicks("Missing only (2)");

    page.is_at(&format!("/orders/{order}?missing=yes"));
    let lines = "[aria-label=Lines]";
    page.within(lines).sees("HOLDER-00");
    page.within(lines).does_not_see("HOLDER-21");
    page.clicks("All lines (22)");
    page.within(lines).sees("HOLDER-21");
}

#[actix_web::test]
async fn a_tablet_cuts_no_word_of_what_is_missing() {
    let shop = Shop::open().await;
    let order = great_order(&Desk::of(&shop));
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::Manager) else {
        return;
    };
    page.is_sized(820, 1180);

    for place in [
        "/orders",
        "/preparation?tab=partial",
        &format!("/orders/{order}"),
    ] {
        page.goes_to(place);
        page.within(".grid").sees("missing");
        let cut = page.cut_off(".look-word, .pill");
        assert_eq!(cut, Vec::<String>::new(), "{place}");
    }
}

/// An order in each of the tabs, with all that their columns say.
fn an_order_in_each_tab(shop: &Shop, desk: &Desk) {
    great_order(desk);
    let (mug, jug) = (desk.product("MUG-STONEWARE-350"), desk.product("JUG"));
    desk.finds(mug, 9);
    let order = |minute, products: &[ProductId]| {
        let lines: Vec<_> = products.iter().map(|product| (*product, 2)).collect();
        desk.order(minute, &lines)
    };
    order(2, &[mug]);
    order(3, &[jug]);
    let stopped = order(4, &[mug]);
    desk.prepares(order(5, &[mug])).expect("they are there");
    let required = Utc::now().date_naive();
    shop.write(|act| {
        sales::hold(act, stopped, "The customer asked for another address")?;
        sales::prioritise(act, stopped, Priority::Urgent, "Promised")?;
        diesel::update(products::table)
            .set(products::weight_grams.eq(12_345))
            .execute(act.conn())?;
        diesel::update(orders::table)
            .set((
                orders::country.eq("United Kingdom"),
                orders::shipping_method.eq("DHL Express"),
                orders::required_by.eq(required),
            ))
            .execute(act.conn())?;
        diesel::update(demand::table)
            .set(demand::required_by.eq(required))
            .execute(act.conn())?;
        diesel::update(consignments::table)
            .set(consignments::required_by.eq(required))
            .execute(act.conn())?;
        Ok(())
    });
}

#[actix_web::test]
async fn the_tabs_of_preparation_fit_a_desk_and_a_tablet() {
    let shop = Shop::open().await;
    an_order_in_each_tab(&shop, &Desk::of(&shop));
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::Manager) else {
        return;
    };
    let mut wrong = vec![];

    for (width, height) in [(1440, 900), (820, 1180)] {
        page.is_sized(width, height);
        for tab in ["in-stock", "partial", "backorder", "on-hold", "in-progress"] {
            page.goes_to(&format!("/preparation?tab={tab}"));
            page.within(".grid").sees("Anna Keller");
            let beyond = (
                page.reaches_beyond("html"),
                page.reaches_beyond(".grid-wrap"),
            );
            let cut = page.cut_off(".grid td");
            if beyond != (0, 0) || !cut.is_empty() {
                wrong.push(format!("{tab} at {width}: {beyond:?}, {cut:?}"));
            }
        }
    }

    assert_eq!(wrong, Vec::<String>::new());
}

#[actix_web::test]
async fn a_tablet_shows_what_to_buy_and_the_box_without_scrolling_sideways() {
    let shop = Shop::open().await;
    great_order(&Desk::of(&shop));
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::Manager) else {
        return;
    };
    page.is_sized(820, 1180);

    page.goes_to("/replenishment");

    for head in ["Minimum", "Suggested", "Quantity"] {
        page.within(".grid thead").sees(head);
    }
    assert_eq!(page.reaches_beyond(".grid-wrap"), 0);
}

#[actix_web::test]
async fn what_is_pressed_on_a_tablet_is_large_enough_for_a_finger() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let order = great_order(&desk);
    let draft = desk.draft(&[(desk.product("MUG"), 5)]);
    let menu = shop.admin().await.page("/").await;
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::Admin) else {
        return;
    };
    page.is_sized(820, 1180);
    let pages = [
        format!("/orders/{order}"),
        format!("/purchase-orders/{draft}"),
        "/orders/new".into(),
        "/preparation?tab=partial".into(),
    ];

    for place in menu
        .attributes("nav a.nav-item", "href")
        .iter()
        .chain(&pages)
    {
        page.goes_to(place);
        let small = page.lower_than(
            FINGER,
            "button, select, summary, .btn, .nav-item, .tab, .chip, .grid a, .crumb, .cell-check label, \
             input:not([type=hidden], [type=checkbox], [type=radio])",
        );
        assert_eq!(small, Vec::<String>::new(), "{place}");
    }
}
