//! Kits, for people who are limited to some warehouses.

use backfill::accounts;
use backfill::web::Role;

use super::Bench;
use crate::support::make::PASSWORD;
use crate::support::requests::Browser;

/// A manager of the east alone.
async fn easterner(bench: &Bench) -> Browser {
    let east = bench.shop.warehouse("EAST");
    let person = bench.shop.account("east@shop.example", Role::Manager);
    bench
        .shop
        .write(|act| Ok(accounts::limit(act, person.id, &[east].into())?));
    let browser = bench.shop.visitor();
    browser.sign_in("east@shop.example", PASSWORD).await;
    browser
}

#[actix_web::test]
async fn they_see_how_many_kits_their_warehouses_make_and_no_others() {
    let bench = Bench::open().await;
    bench.packs(&bench.shop.manager().await).await;
    bench.shop.has(&bench.mug, 40);
    bench.shop.has(&bench.tea, 40);
    let east = bench.shop.warehouse("EAST");
    bench.shop.has_in(east, &bench.mug, 5);
    bench.shop.has_in(east, &bench.tea, 9);
    let easterner = easterner(&bench).await;

    let card = bench.parts(&easterner, &bench.set).await;
    let list = easterner.page("/stock/kits").await.table("Kits");
    let file = easterner.get("/stock/kits.csv").await.text();
    let products = easterner.page("/products").await.table("Products");

    let packed = card.table("Kits that can be packed");
    assert_eq!(packed.column("Warehouse"), ["EAST"]);
    assert_eq!(packed.column("Kits available"), ["2"]);
    assert_eq!(list.column("Warehouse"), ["EAST"]);
    assert!(!file.contains("MAIN"), "{file}");
    assert_eq!(products.row("GIFT-SET").cell("Available"), "2");
}

#[actix_web::test]
async fn they_change_no_kits_which_are_packed_everywhere() {
    let bench = Bench::open().await;
    let easterner = easterner(&bench).await;

    let card = bench.parts(&easterner, &bench.set).await;
    let path = format!("{}/parts", bench.set.path());
    let sent = easterner
        .post(&path, &[("seen", ""), ("sku", "MUG"), ("quantity", "1")])
        .await;
    let file = "kit,part,quantity\nGIFT-SET,MUG,1\n";
    let page = crate::exchange::stock::preview(&easterner, file).await;
    let confirmed = easterner.send(&page.form("#confirm")).await;

    assert!(!card.says("Make it a kit"));
    assert_eq!(sent.status(), 403);
    assert_eq!(confirmed.status(), 403);
}
