//! What parcels will weigh.

use backfill::catalog::Product;
use backfill::schema::products;
use diesel::prelude::*;

use super::{order, shows};
use crate::support::app::Shop;

fn weighs(shop: &Shop, product: &Product, grams: i32) {
    shop.write(|act| {
        let one = diesel::update(products::table.find(product.id));
        one.set(products::weight_grams.eq(grams))
            .execute(act.conn())?;
        Ok(())
    });
}

#[actix_web::test]
async fn a_tab_says_what_is_to_ship_weighs_where_every_product_has_a_weight() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    weighs(&shop, &mug, 415);
    order("SO-1", 1).line(&mug, 3).place(&shop);
    order("SO-2", 2).line(&mug, 1).line(&jug, 1).place(&shop);
    let user = shop.user().await;

    let tab = user.page("/preparation?tab=backorder").await;
    let file = user.get("/preparation.csv?tab=backorder").await.text();

    let orders = tab.table("Orders");
    assert_eq!(orders.row("SO-1").cell("Weight"), "1.245 kg");
    assert_eq!(orders.row("SO-2").cell("Weight"), "–");
    let unknown = tab.attribute("td.number [title]", "title");
    assert_eq!(
        unknown.as_deref(),
        Some("Not every product of it has a weight")
    );
    let rows: Vec<&str> = file.lines().skip(1).collect();
    assert!(rows[0].contains(",1.245,1,3,3,3 x MUG,"), "{file}");
    assert!(rows[1].contains(",,2,2,2,"), "{file}");
}

#[actix_web::test]
async fn what_left_of_an_order_weighs_what_its_parcel_did() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    weighs(&shop, &mug, 500);
    shop.has(&mug, 2);
    shop.ships(shop.prepares(order("SO-1", 1).line(&mug, 2).place(&shop)));
    let user = shop.user().await;

    let tab = user.page("/preparation?tab=shipped").await;

    assert_eq!(tab.table("Orders").row("SO-1").cell("Weight"), "1 kg");
}

#[actix_web::test]
async fn nothing_weighs_more_than_ten_tons() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let manager = shop.manager().await;
    let path = format!("/products/{}", mug.id);
    let form = manager
        .page(&format!("{path}/edit"))
        .await
        .form("form.form");

    let heavy = manager.send(&form.clone().with("weight", "10000001")).await;
    let page = manager.submit_form(&form.with("weight", "10000000")).await;

    assert_eq!(heavy.status(), 422);
    let said = heavy.page();
    assert!(said.field("weight").error().contains("ten tons"));
    shows(&page, "10000 kg");
}

#[actix_web::test]
async fn a_kit_weighs_what_its_parts_do() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    weighs(&shop, &mug, 400);
    let set = shop.new_kit("SET", &[(&mug, 2), (&jug, 1)]);
    let manager = shop.manager().await;
    let path = format!("/products/{}", set.id);

    let unknown = manager.page(&path).await;
    weighs(&shop, &jug, 100);
    let known = manager.page(&path).await;
    order("SO-1", 1).line(&set, 2).place(&shop);

    shows(&unknown, "not every part has one");
    shows(&known, "0.9 kg all parts together");
    let edit = manager.page(&format!("{path}/edit")).await;
    assert!(!edit.has("[name=weight]"));
    let file = manager.get("/products.csv?kind=kit").await.text();
    assert!(file.ends_with(",kit,0.9\n"), "{file}");
    let tab = manager.page("/preparation?tab=backorder").await;
    assert_eq!(tab.table("Orders").row("SO-1").cell("Weight"), "1.8 kg");
}
