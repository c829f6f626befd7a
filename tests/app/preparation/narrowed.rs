//! A tab narrowed to what somebody takes next.

use backfill::catalog::Product;
use backfill::purchasing::{self, Delivery, PurchaseLine, Sending};
use backfill::schema::{consignments, orders, purchase_order_lines};
use backfill::types::{Quantity, ReceptionId};
use chrono::TimeDelta;
use diesel::prelude::*;

use super::{order, orders_in, shows};
use crate::support::app::Shop;

#[actix_web::test]
async fn a_tab_is_narrowed_to_what_a_picker_takes_next() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    shop.has(&mug, 20);
    shop.has(&jug, 20);
    order("SO-1", 1).line(&mug, 1).place(&shop);
    order("SO-2", 2).line(&mug, 3).place(&shop);
    order("SO-3", 3).line(&mug, 1).line(&jug, 1).place(&shop);
    let abroad = order("SO-4", 4).line(&jug, 2).place(&shop);
    shop.write(|act| {
        let one = orders::table.find(abroad);
        diesel::update(one)
            .set((
                orders::country.eq("CH"),
                orders::shipping_method.eq("Express"),
            ))
            .execute(act.conn())?;
        diesel::update(consignments::table.filter(consignments::order_id.eq(abroad)))
            .set(consignments::changed_at.eq(act.at() - TimeDelta::hours(30)))
            .execute(act.conn())?;
        Ok(())
    });
    let picker = shop.user().await;

    for (asked, found) in [
        ("size=one-unit", vec!["SO-1"]),
        ("size=one-line", vec!["SO-2", "SO-4"]),
        ("size=many-lines", vec!["SO-3"]),
        ("country=ch", vec!["SO-4"]),
        ("method=express", vec!["SO-4"]),
        ("method=dhl&size=one-line", vec!["SO-2"]),
        ("ready=24", vec!["SO-4"]),
        ("ready=48", vec![]),
        ("age=0", vec!["SO-1", "SO-2", "SO-3", "SO-4"]),
        ("age=20000", vec![]),
        ("age=x&size=huge", vec!["SO-1", "SO-2", "SO-3", "SO-4"]),
    ] {
        let path = format!("/preparation?tab=in-stock&{asked}");
        assert_eq!(orders_in(&picker.page(&path).await), found, "{asked}");
        let file = picker.get(&path.replace("?", ".csv?")).await.text();
        assert_eq!(file.lines().count(), found.len() + 1, "{asked}");
    }
    let none = picker.page("/preparation?country=fr").await;
    shows(&none, "No order like this here");
}

#[actix_web::test]
async fn whoever_prepares_sees_their_own() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 2);
    let (first, second) = (shop.user().await, shop.manager().await);
    for (picker, number) in [(&first, "SO-1"), (&second, "SO-2")] {
        let asked = order(number, 1).line(&mug, 1).place(&shop);
        let tab = picker.page("/preparation").await;
        let form = tab.form("form[action='/shipments']");
        picker
            .submit_form(&form.with("only", &asked.to_string()))
            .await;
    }

    let all = first.page("/preparation?tab=in-progress").await;
    let own = first.page("/preparation?tab=in-progress&by=me").await;

    assert_eq!(orders_in(&all), ["SO-1", "SO-2"]);
    assert_eq!(orders_in(&own), ["SO-1"]);
}

/// Two mugs arrive, of an order to a supplier.
fn mugs_arrive(shop: &Shop, mug: &Product) -> ReceptionId {
    let supplier = shop.new_supplier("HART");
    shop.buys_at(mug, &supplier);
    let bought = shop.drafts(&supplier, mug, 2).id;
    shop.write(|act| {
        purchasing::send(act, bought, &Sending::WithoutMail)?;
        let of_order = purchase_order_lines::purchase_order_id.eq(bought);
        let line: PurchaseLine = PurchaseLine::query().filter(of_order).first(act.conn())?;
        let delivery = Delivery {
            lines: vec![(line.id, Quantity::new(2))],
            ..Delivery::default()
        };
        Ok(purchasing::receive(act, bought, &delivery)?)
    })
}

#[actix_web::test]
async fn an_order_stands_in_its_tab_as_long_when_its_date_moves() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let supplier = shop.new_supplier("HART");
    shop.buys_at(&mug, &supplier);
    let asked = order("SO-1", 1).line(&mug, 2).place(&shop);
    shop.write(|act| {
        let own = consignments::table.filter(consignments::order_id.eq(asked));
        let since = act.at() - TimeDelta::hours(30);
        diesel::update(own)
            .set(consignments::changed_at.eq(since))
            .execute(act.conn())?;
        Ok(())
    });
    let picker = shop.user().await;
    let path = "/preparation?tab=backorder&ready=24";

    let bought = shop.drafts(&supplier, &mug, 2).id;
    shop.write(|act| Ok(purchasing::send(act, bought, &Sending::WithoutMail).map(|_| ())?));

    let tab = picker.page(path).await;
    assert_eq!(orders_in(&tab), ["SO-1"]);
    assert!(!tab.says("not on order"), "a date is known now");
}

#[actix_web::test]
async fn from_a_reception_exactly_the_orders_that_it_made_ready_are_prepared() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    shop.has(&jug, 1);
    order("SO-1", 1).line(&jug, 1).place(&shop);
    order("SO-2", 2).line(&mug, 1).place(&shop);
    order("SO-3", 3).line(&mug, 1).line(&jug, 1).place(&shop);
    let reception = mugs_arrive(&shop, &mug);
    let manager = shop.manager().await;

    let page = manager.page(&format!("/receptions/{reception}")).await;
    let ready = manager.page(&page.link("Prepare what is ready")).await;

    assert_eq!(orders_in(&ready), ["SO-2"]);
    shows(&ready, "Only orders that got units of");
    let all = manager.page(&ready.link("Show the whole tab")).await;
    assert_eq!(orders_in(&all), ["SO-1", "SO-2"]);
}
