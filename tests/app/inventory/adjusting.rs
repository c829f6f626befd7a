//! Somebody counts, and the books are wrong.

use backfill::preparation::{self, Tab};
use backfill::sales;
use backfill::stock::MoveReason;
use backfill::types::OrderId;
use backfill::web::Role;
use chrono::Utc;

use crate::support::app::Shop;
use crate::support::html::{Form, Page};
use crate::support::requests::Browser;

async fn correction(manager: &Browser, sku: &str, units: &str) -> Form {
    let form = manager
        .page(&format!("/adjustments/new?product={sku}"))
        .await;
    form.form("form[action='/adjustments']")
        .with("quantity", units)
        .with("note", "Counted again")
}

fn affected(page: &Page) -> Vec<String> {
    page.texts(".places li")
}

fn tab_of(shop: &Shop, order: OrderId) -> &'static str {
    let warehouse = shop.primary_warehouse().id;
    let counts = shop.read(|conn| Ok(preparation::counts(conn, warehouse, Utc::now())?));
    let open = shop.read(|conn| Ok(sales::order(conn, order)?)).is_open();
    assert!(open, "it is still open");
    let mut tabs = Tab::ALL.iter().filter(|tab| counts.of(**tab) > 0);
    tabs.next_back().map_or("", |tab| tab.label())
}

#[actix_web::test]
async fn the_form_opens_in_a_dialog() {
    let shop = Shop::open().await;
    let manager = shop.manager().await;

    let reply = manager.htmx("dialog-content").get("/adjustments/new").await;

    let dialog = reply.page();
    assert_eq!(dialog.text("h2"), "Correct stock");
    assert_eq!(dialog.field("quantity").value(), "");
}

#[actix_web::test]
async fn the_last_in_the_queue_loses_three_and_its_tab_changes() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 10);
    shop.sells("SO-1", &mug, 5);
    let last = shop.sells("SO-2", &mug, 5);
    let manager = shop.manager().await;

    let answer = manager
        .submit_form(&correction(&manager, "MUG", "-3").await)
        .await;

    assert_eq!(affected(&answer), ["\u{2212}3 SO-2 Customer SO-2 lost"]);
    assert_eq!(tab_of(&shop, last), Tab::Partial.label());
}

#[actix_web::test]
async fn units_that_are_found_go_to_who_waits_first() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.sells("SO-1", &mug, 5);
    shop.sells("SO-2", &mug, 5);
    let manager = shop.manager().await;

    let answer = manager
        .submit_form(&correction(&manager, "MUG", "7").await)
        .await;

    let gained = [
        "+5 SO-1 Customer SO-1 gained",
        "+2 SO-2 Customer SO-2 gained",
    ];
    assert_eq!(affected(&answer), gained);
}

#[actix_web::test]
async fn a_correction_sent_twice_corrects_once() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let manager = shop.manager().await;
    let form = correction(&manager, "MUG", "4").await;

    let (first, second) = (manager.send(&form).await, manager.send(&form).await);

    assert_eq!(first.location(), second.location());
    let stock = manager.page("/stock").await;
    assert_eq!(
        stock.table("Stock").row(mug.sku.as_str()).cell("On hand"),
        "4"
    );
}

#[actix_web::test]
async fn what_is_wrong_with_a_correction_stands_beside_its_field() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 2);
    let manager = shop.manager().await;
    let form = correction(&manager, "MUG", "-3").await;

    let too_many = manager.send(&form).await;
    let unknown = manager.send(&form.clone().with("product", "TEAPOT")).await;
    let silent = manager.send(&form.clone().with("note", " ")).await;
    let scrap = form
        .with("quantity", "1")
        .with("reason", MoveReason::Scrap.as_str());
    let scrap = manager.send(&scrap).await;

    let replies = [&too_many, &unknown, &silent, &scrap];
    assert!(replies.iter().all(|reply| reply.status() == 422));
    let error = |reply: &crate::support::requests::Reply, field| {
        reply.page().field(field).error().to_owned()
    };
    assert_eq!(
        error(&too_many, "quantity"),
        "3 cannot leave: only 2 on hand."
    );
    assert_eq!(
        error(&unknown, "product"),
        "No product has this SKU or barcode."
    );
    assert_eq!(error(&silent, "note"), "This cannot be empty.");
    let leaves = "Scrap leaves: enter how many units fewer, such as -3.";
    assert_eq!(error(&scrap, "quantity"), leaves);
}

#[actix_web::test]
async fn units_in_a_parcel_cannot_be_counted_away() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 5);
    let taken = shop.sells("SO-1", &mug, 4);
    let (warehouse, picker) = (shop.primary_warehouse().id, shop.person(Role::User).id);
    shop.write_as(picker, |act| {
        Ok(preparation::prepare(act, taken, warehouse)?)
    });
    let manager = shop.manager().await;

    let refused = manager.send(&correction(&manager, "MUG", "-2").await).await;

    let why = "2 cannot leave: 5 on hand, and 4 of them are in parcels being prepared: \
               4 for SO-1 (line 1) in SH-000001.";
    assert_eq!(refused.page().field("quantity").error(), why);
}
