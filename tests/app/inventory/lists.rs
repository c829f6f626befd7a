//! What lies where, what moved, and who waits.

use backfill::preparation::{self, Departure};
use backfill::web::Role;

use crate::support::app::Shop;

#[actix_web::test]
async fn stock_says_what_lies_where_and_what_is_short_low_or_idle() {
    let shop = Shop::open().await;
    let (mug, jug, pan) = (
        shop.new_product("MUG"),
        shop.new_product("JUG"),
        shop.new_product("PAN"),
    );
    shop.has(&mug, 7);
    shop.has(&jug, 2);
    shop.has(&pan, 9);
    shop.sells("SO-1", &mug, 5);
    shop.sells("SO-2", &jug, 6);
    let user = shop.user().await;

    let page = user.page("/stock").await;

    let table = page.table("Stock");
    assert_eq!(table.column("SKU"), ["JUG", "MUG", "PAN"]);
    let mug = table.row("MUG");
    let figures = ["On hand", "Reserved", "Free", "Available", "To ship"];
    assert_eq!(
        figures.map(|head| mug.cell(head)),
        ["7", "5", "2", "2", "5"]
    );
    assert_eq!(table.row("JUG").cell("To ship"), "6 short");
    let short = user.page("/stock?show=short").await;
    assert_eq!(short.table("Stock").column("SKU"), ["JUG"]);
    let idle = user.page("/stock?show=idle").await;
    assert_eq!(idle.table("Stock").column("SKU"), ["PAN"]);
    let found = user.page("/stock?q=product+pan").await;
    assert_eq!(found.table("Stock").column("SKU"), ["PAN"]);
    let file = user.get("/stock.csv?show=short").await.text();
    assert!(
        file.contains("\nJUG,Product JUG,MAIN,,2,2,0,0,6,0,,,,"),
        "{file}"
    );
}

#[actix_web::test]
async fn stock_is_read_page_by_page_in_two_statements() {
    let shop = Shop::open().await;
    for at in 0..60 {
        shop.has(&shop.new_product(&format!("P{at:02}")), 1);
    }
    let user = shop.user().await;

    let (first, statements) = shop.statements_of(user.page("/stock")).await;
    let second = user.page(&format!("/stock{}", first.link("Next"))).await;

    let visitor = 1;
    assert!(statements <= 3 + visitor, "{statements} statements");
    assert_eq!(first.table("Stock").rows.len(), 50);
    assert_eq!(second.table("Stock").column("SKU")[0], "P50");
}

#[actix_web::test]
async fn movements_tell_what_came_and_went_with_their_documents() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    shop.has(&mug, 5);
    shop.has(&jug, 1);
    let order = shop.sells("SO-1", &mug, 2);
    let (warehouse, picker) = (shop.primary_warehouse().id, shop.person(Role::User).id);
    shop.write_as(picker, |act| {
        let parcel = preparation::prepare(act, order, warehouse)?;
        Ok(preparation::ship(act, parcel, &Departure::default())?)
    });
    let user = shop.user().await;

    let page = user.page("/movements?product=mug").await;

    let table = page.table("Movements");
    assert_eq!(table.column("Units"), ["\u{2212}2", "+5"]);
    let left = &table.rows[0];
    assert_eq!((left.cell("From"), left.cell("To")), ("MAIN", "outside"));
    assert_eq!(
        (left.cell("Reason"), left.cell("Document")),
        ("Shipment", "SH-000001")
    );
    let all = user.page("/movements").await;
    assert_eq!(all.table("Movements").column("SKU"), ["MUG", "JUG", "MUG"]);
    let corrections = user.page("/movements?reason=adjustment").await;
    assert_eq!(corrections.table("Movements").rows.len(), 2);
    assert_eq!(table.column("Level after"), ["3", "5"]);
    let by_parcel = user.page("/movements?document=sh1").await;
    assert_eq!(by_parcel.table("Movements").column("Level after"), ["3"]);
    let by_picker = user.page(&format!("/movements?user={picker}")).await;
    assert_eq!(by_picker.table("Movements").column("Who"), ["User user"]);
    let before = user.page("/movements?to=2020-01-01").await;
    assert!(before.says("No movement like this"));
    let file = user.get("/movements.csv?reason=shipment").await.text();
    assert!(
        file.contains(",MUG,Product MUG,-2,3,MAIN,,shipment,SH-000001,"),
        "{file}"
    );
}

#[actix_web::test]
async fn movements_are_read_page_by_page() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    for units in 1..=60 {
        shop.has(&mug, units);
    }
    let user = shop.user().await;

    let first = user.page("/movements").await;
    let second = user
        .page(&format!("/movements{}", first.link("Next")))
        .await;
    let back = user
        .page(&format!("/movements{}", second.link("Back")))
        .await;

    let units = |page: &crate::support::html::Page| {
        let table = page.table("Movements");
        let units: Vec<String> = table
            .column("Units")
            .into_iter()
            .map(str::to_owned)
            .collect();
        units
    };
    let all: Vec<String> = (1..=60).rev().map(|units| format!("+{units}")).collect();
    assert_eq!(units(&first), all[..50]);
    assert_eq!(units(&second), all[50..]);
    assert_eq!(units(&back), all[..50]);
}

#[actix_web::test]
async fn a_product_shows_its_queue_first_served_first() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 3);
    shop.sells("SO-1", &mug, 2);
    shop.sells("SO-2", &mug, 2);
    let user = shop.user().await;

    let queue = user.page(&format!("/products/{}/queue", mug.id)).await;

    let table = queue.table("Main warehouse");
    assert_eq!(table.column("Reserved"), ["2", "1"]);
    assert_eq!(table.column("Missing"), ["0", "1"]);
    assert_eq!(table.column("Expected"), ["reserved", "not on order"]);
}
