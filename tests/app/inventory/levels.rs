//! The list of stock: what it is worth, what comes next, what lies idle, and levels set in its rows.

use backfill::db::Who;
use backfill::inventory::{self, AdjustInput};
use backfill::purchasing::{self, Sending};
use backfill::schema::purchase_order_lines;
use backfill::stock::{MoveReason, Place};
use backfill::types::Change;
use chrono::{TimeDelta, Utc};
use diesel::prelude::*;

use crate::support::app::Shop;
use crate::support::goods::money;

#[actix_web::test]
async fn stock_is_worth_what_it_cost_last() {
    let shop = Shop::open().await;
    let (mug, jug, pan) = (
        shop.new_product("MUG"),
        shop.new_product("JUG"),
        shop.new_product("PAN"),
    );
    let hart = shop.new_supplier("HART");
    for bought in [&mug, &jug] {
        shop.buys_at(bought, &hart);
    }
    for lying in [&mug, &jug, &pan] {
        shop.has(lying, 10);
    }
    let order = shop.drafts(&hart, &mug, 5);
    shop.write(|act| {
        let price = purchase_order_lines::unit_price.eq(money("4.25"));
        diesel::update(purchase_order_lines::table)
            .set(price)
            .execute(act.conn())?;
        purchasing::send(act, order.id, &Sending::WithoutMail)?;
        Ok(())
    });
    let user = shop.user().await;

    let table = user.page("/stock").await.table("Stock");
    let file = user.get("/stock.csv?q=mug").await.text();

    let value = |sku: &str| table.row(sku).cell("Value").to_owned();
    assert_eq!(value("MUG"), "42.50", "what the last purchase order says");
    assert_eq!(value("JUG"), "40.00", "what the primary supplier asks");
    assert_eq!(value("PAN"), "unknown");
    assert!(file.contains(",4.25,42.50,"), "{file}");
    let due = shop.user().await.page("/stock?q=mug").await.table("Stock");
    let incoming = due.row("MUG").cell("Incoming").to_owned();
    let day = (Utc::now() + TimeDelta::days(7))
        .format("%-d %b")
        .to_string();
    assert_eq!(incoming, format!("5 {day}"));
}

#[actix_web::test]
async fn what_nothing_left_of_for_days_is_idle() {
    let shop = Shop::open().await;
    let (mug, jug, pan) = (
        shop.new_product("MUG"),
        shop.new_product("JUG"),
        shop.new_product("PAN"),
    );
    let warehouse = shop.primary_warehouse().id;
    let finds = |product, units, days| {
        let input = AdjustInput {
            bin: None,
            place: Place::new(warehouse, product),
            change: Change::new(units),
            reason: MoveReason::Count,
            note: "counted".into(),
        };
        let who = Who::BACKFILL.at(Utc::now() - TimeDelta::days(days));
        shop.write_as(who, |act| Ok(inventory::adjust(act, &input)?));
    };
    finds(mug.id, 5, 40);
    finds(jug.id, 5, 40);
    finds(jug.id, -1, 3);
    finds(pan.id, 5, 3);
    let user = shop.user().await;

    let idle = user.page("/stock?idle=30").await.table("Stock");
    let lately = user.page("/stock?idle=2").await.table("Stock");

    assert_eq!(idle.column("SKU"), ["MUG"]);
    let since = (Utc::now() - TimeDelta::days(40)).format("%-d %b %Y");
    assert_eq!(
        idle.rows[0].cell("On hand"),
        format!("5 idle since {since}")
    );
    assert_eq!(lately.column("SKU"), ["JUG", "MUG", "PAN"]);
}
