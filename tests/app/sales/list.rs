//! The list of orders: what it shows, finds, narrows and sorts, and how far it can be paged.

use backfill::db::Who;
use backfill::sales;
use backfill::stock::Place;
use backfill::types::Money;

use super::desk::{Desk, minute};
use crate::support::counting::count;
use crate::support::html::Page;
use crate::support::requests::Browser;

fn numbers(page: &Page) -> Vec<String> {
    page.texts("#results .row-link")
}

async fn found(browser: &Browser, query: &str) -> Vec<String> {
    numbers(&browser.page(&format!("/orders?{query}")).await)
}

#[actix_web::test]
async fn the_grid_shows_every_product_in_its_look_and_what_is_missing_first() {
    let desk = Desk::open().await;
    desk.stock("MUG", 2);
    desk.stock("CUP", 1);
    desk.order("A-1", &[("MUG", 2), ("CUP", 3), ("BOWL", 4)], 0);

    let page = desk.shop.user().await.page("/orders").await;

    let row = page.table("Orders").rows.into_iter().next().expect("a row");
    assert_eq!(row.cell("Order"), "A-1");
    assert_eq!(row.cell("Customer"), "Ada Lovelace ADA-LOVELACE");
    assert_eq!(row.cell("Channel"), "web");
    assert_eq!(row.cell("Status"), "Open");
    assert_eq!(row.cell("Total"), "90.00 EUR");
    let looks = page.texts(".look");
    assert_eq!(
        looks,
        [
            "4 BOWL Product BOWL missing, not on order",
            "3 CUP Product CUP 1 of 3 reserved, rest not on order",
            "2 MUG Product MUG reserved"
        ]
    );
    assert!(page.has(".look-missing") && page.has(".look-partial") && page.has(".look-reserved"));
}

#[actix_web::test]
async fn a_long_order_shows_its_short_lines_and_says_how_many_more_it_has() {
    let desk = Desk::open().await;
    let skus: Vec<String> = (0..40).map(|at| format!("P{at:02}")).collect();
    for sku in &skus[..39] {
        desk.stock(sku, 1);
    }
    let lines: Vec<(&str, u32)> = skus.iter().map(|sku| (sku.as_str(), 1)).collect();
    desk.order("LONG", &lines, 0);

    let page = desk.shop.user().await.page("/orders").await;

    let looks = page.texts(".look");
    assert_eq!(looks.len(), 6);
    assert_eq!(looks[0], "1 P39 Product P39 missing, not on order");
    assert_eq!(page.text(".looks-more"), "+ 34 more");
}

#[actix_web::test]
async fn a_page_is_three_statements_however_much_it_shows() {
    let desk = Desk::open().await;
    let browser = desk.shop.user().await;
    let (_, of_any_page) = desk
        .shop
        .statements_of(browser.get("/orders/lines/none"))
        .await;
    for at in 0..60 {
        desk.order(&format!("N{at}"), &[("MUG", 1), ("CUP", 1)], at);
    }

    let search = "/orders?q=N1&missing=yes&status=open&sort=-customer";
    let asked = [
        (&browser, "/orders"),
        (&browser, "/orders?missing=yes&status=open&sort=-total"),
        (&browser.htmx("results"), search),
    ];
    for (browser, path) in asked {
        let (reply, statements) = desk.shop.statements_of(browser.get(path)).await;
        assert!(numbers(&reply.page()).len() > 10, "{path}");
        let own = statements - of_any_page;
        assert!(own <= 3, "{path}: {own} statements");
    }
}

#[actix_web::test]
async fn orders_are_found_by_number_reference_customer_and_product() {
    let desk = Desk::open().await;
    let mut other = desk.new_order("WEB-2001", &[("BOWL", 1)], 0);
    other.customer = desk.customer("Grace Hopper");
    other.external_reference = "PO-of-theirs".into();
    desk.place(&other);
    desk.order("WEB-1001", &[("MUG", 1)], 1);
    desk.order("WEB-1002", &[("MUG", 1), ("BOWL", 1)], 2);
    let browser = desk.shop.user().await;

    assert_eq!(found(&browser, "q=web-10").await, ["WEB-1002", "WEB-1001"]);
    assert_eq!(found(&browser, "q=1001").await, Vec::<String>::new());
    assert_eq!(found(&browser, "q=hopp").await, ["WEB-2001"]);
    assert_eq!(found(&browser, "q=GRACE-").await, ["WEB-2001"]);
    assert_eq!(found(&browser, "q=bowl").await, ["WEB-1002", "WEB-2001"]);
    assert_eq!(found(&browser, "q=PO-of-theirs").await, ["WEB-2001"]);
    assert_eq!(found(&browser, "q=%25").await, Vec::<String>::new());
}

#[actix_web::test]
async fn the_list_is_narrowed_by_what_is_missing_by_state_warehouse_and_age() {
    let desk = Desk::open().await;
    let lyon = desk.shop.warehouse("LYON");
    desk.stock("MUG", 3);
    let shipped = desk.order("SHIPPED", &[("MUG", 1)], 0);
    desk.ship(shipped);
    let partly = desk.order("PARTLY", &[("MUG", 1), ("CUP", 1)], 1);
    desk.ship(partly);
    let held = desk.order("HELD", &[("CUP", 1)], 2);
    let cancelled = desk.order("CANCELLED", &[("CUP", 1)], 3);
    let taken = desk.order("TAKEN", &[("MUG", 1)], 4);
    desk.take(taken);
    let mut elsewhere = desk.new_order("LYON", &[("CUP", 1)], 5);
    elsewhere.lines[0].warehouse = Some(lyon);
    desk.place(&elsewhere);
    let at = Who::BACKFILL.at(minute(9));
    desk.shop.write_as(at, |act| {
        sales::hold(act, held, "unpaid")?;
        Ok(sales::cancel(act, cancelled, "no")?)
    });
    let browser = desk.shop.user().await;

    let states = [
        ("open", vec!["LYON", "TAKEN", "HELD", "PARTLY"]),
        ("on_hold", vec!["HELD"]),
        ("in_preparation", vec!["TAKEN"]),
        ("partly_shipped", vec!["PARTLY"]),
        ("shipped", vec!["SHIPPED"]),
        ("cancelled", vec!["CANCELLED"]),
    ];
    for (state, orders) in states {
        assert_eq!(
            found(&browser, &format!("status={state}")).await,
            orders,
            "{state}"
        );
    }
    assert_eq!(
        found(&browser, "missing=yes").await,
        ["LYON", "HELD", "PARTLY"]
    );
    assert_eq!(
        found(&browser, &format!("warehouse={lyon}")).await,
        ["LYON"]
    );
    let page = browser.page("/orders?status=in_preparation").await;
    assert_eq!(
        page.table("Orders").rows[0].cell("Status"),
        "In preparation"
    );
}

#[actix_web::test]
async fn old_orders_are_found_by_their_age() {
    let desk = Desk::open().await;
    for (number, days) in [("NEW", 0), ("OLD", 10)] {
        let mut order = desk.new_order(number, &[("MUG", 1)], 0);
        order.placed_at = chrono::Utc::now() - chrono::TimeDelta::days(days);
        desk.place(&order);
    }
    let browser = desk.shop.user().await;

    assert_eq!(found(&browser, "age=7").await, ["OLD"]);
    assert_eq!(found(&browser, "age=14").await, Vec::<String>::new());
}

#[actix_web::test]
async fn every_order_is_met_once_on_the_way_down_and_once_on_the_way_up() {
    let desk = Desk::open().await;
    let orders: Vec<_> = (0..130)
        .map(|at| {
            let mut order = desk.new_order(&format!("N{at:03}"), &[("MUG", 1)], at / 4);
            order.customer = desk.customer(["Ada", "Bob", "Cid"][at as usize % 3]);
            order.lines[0].unit_price = Money::from_ten_thousandths((at % 7) * 10_000);
            order
        })
        .collect();
    desk.place_all(&orders).expect("they can be placed");
    let browser = desk.shop.user().await;

    for sort in [
        "date",
        "-date",
        "number",
        "-number",
        "total",
        "-total",
        "customer",
        "-customer",
    ] {
        let mut down = vec![];
        let mut path = format!("/orders?sort={sort}");
        let last = loop {
            let page = browser.page(&path).await;
            down.extend(numbers(&page));
            match page.attribute("a[rel=next]", "href") {
                Some(next) => path = format!("/orders{next}"),
                None => break page,
            }
        };
        let mut up = numbers(&last);
        let mut page = last;
        while let Some(back) = page.attribute("a[rel=prev]", "href") {
            page = browser.page(&format!("/orders{back}")).await;
            up.splice(0..0, numbers(&page));
        }

        let mut once = down.clone();
        once.sort();
        once.dedup();
        assert_eq!((down.len(), once.len()), (130, 130), "{sort}");
        assert_eq!(up, down, "{sort}");
        if sort == "number" {
            assert!(down.is_sorted());
        }
    }
}

#[actix_web::test]
async fn the_export_holds_what_the_filter_shows() {
    let desk = Desk::open().await;
    desk.stock("MUG", 1);
    desk.order("A-1", &[("MUG", 3)], 0);
    let mut odd = desk.new_order("B-1", &[("CUP", 1)], 1);
    odd.customer = desk.customer("=Sum, Ltd");
    desk.place(&odd);
    let browser = desk.shop.user().await;

    let all = browser.get("/orders.csv").await.text();
    let some = browser.get("/orders.csv?q=A-").await.text();

    let all: Vec<&str> = all.lines().collect();
    assert!(all[0].starts_with("\u{feff}number,placed_at,customer_code"));
    assert!(
        all[1].contains("B-1") && all[1].contains("\"'=Sum, Ltd\""),
        "{}",
        all[1]
    );
    assert_eq!(some.lines().count(), 2);
    assert!(some.contains("A-1,2026-12-01T12:00:00+00:00,ADA-LOVELACE,Ada Lovelace,web"));
    assert!(some.contains(",open,normal,,3,2,,,30.00,EUR"), "{some}");
}

#[actix_web::test]
async fn a_product_that_another_warehouse_ships_says_which() {
    let desk = Desk::open().await;
    let lyon = desk.shop.warehouse("LYON");
    let mut order = desk.new_order("A", &[("MUG", 1), ("CUP", 1)], 0);
    order.lines[1].warehouse = Some(lyon);
    desk.place(&order);
    let cups = Place::new(lyon, desk.product("CUP"));
    let at = Who::BACKFILL.at(minute(1));
    desk.shop.write_as(at, |act| count(act, cups, 1));

    let path = format!("/orders?warehouse={}", desk.main);
    let page = desk.shop.user().await.page(&path).await;

    assert_eq!(
        page.text(".look-elsewhere"),
        "1 CUP Product CUP from Warehouse LYON"
    );
}

#[actix_web::test]
async fn htmx_gets_the_results_alone_and_they_stay_up_to_date() {
    let desk = Desk::open().await;
    desk.order("A", &[("MUG", 1)], 0);

    let reply = desk
        .shop
        .user()
        .await
        .htmx("results")
        .get("/orders?missing=yes")
        .await;

    let page = reply.page();
    assert!(!page.has("nav"));
    let topic = page.attribute("#results", "data-live-topic");
    assert_eq!(topic.as_deref(), Some("orders"));
    let again = page.attribute("#results", "hx-get");
    assert_eq!(again.as_deref(), Some("/orders?missing=yes"));
}
