//! One box: what was typed or scanned opens, or what is like it is listed.

use backfill::schema::{barcodes, orders, shipments};
use diesel::prelude::*;

use crate::preparation::order;
use crate::support::app::Shop;
use crate::support::requests::Browser;

async fn found(browser: &Browser, q: &str) -> String {
    let query = serde_urlencoded::to_string([("q", q)]).expect("text");
    let reply = browser.get(&format!("/search?{query}")).await;
    reply.location().unwrap_or_else(|| reply.page().words())
}

#[actix_web::test]
async fn whatever_is_called_so_opens() {
    let shop = Shop::open().await;
    let (mug, hart) = (shop.new_product("MUG"), shop.new_supplier("HART"));
    shop.buys_at(&mug, &hart);
    shop.has(&mug, 2);
    let parcel = shop.prepares(order("WEB-77", 1).line(&mug, 2).place(&shop));
    let bought = shop.drafts(&hart, &mug, 5);
    let customer = shop.new_customer("GRACE");
    shop.write(|act| {
        let number = orders::number.eq("SHOP-77");
        diesel::update(orders::table)
            .set(number)
            .execute(act.conn())?;
        let barcode = (
            barcodes::code.eq("4006381333931"),
            barcodes::product_id.eq(mug.id),
        );
        diesel::insert_into(barcodes::table)
            .values(barcode)
            .execute(act.conn())?;
        let tracking = shipments::tracking_number.eq("1Z 999 AA1");
        diesel::update(shipments::table)
            .set(tracking)
            .execute(act.conn())?;
        Ok(())
    });
    let user = shop.user().await;

    for (typed, path) in [
        ("SHOP-77", "/orders/1"),
        ("shop-77", "/orders/1"),
        (" MUG ", &*mug.path()),
        ("mug", &*mug.path()),
        ("4006381333931", &*mug.path()),
        ("]d201040063813339311726053110LOT7", &*mug.path()),
        ("SH-000001", &*format!("/shipments/{parcel}")),
        ("sh1", &*format!("/shipments/{parcel}")),
        ("1z 999 aa1", &*format!("/shipments/{parcel}")),
        (bought.number.as_str(), &*bought.path()),
        ("po-1", &*bought.path()),
        ("GRACE", &*format!("/customers/{customer}")),
        ("HART", &*format!("/suppliers/{}", hart.id)),
    ] {
        assert_eq!(found(&user, typed).await, path, "{typed}");
    }
}

#[actix_web::test]
async fn what_is_only_like_it_is_listed_by_kind() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG-RED");
    shop.new_product("MUG-BLUE");
    shop.sells("MUG-ORDER", &mug, 1);
    let user = shop.user().await;

    let page = user.page("/search?q=mug-").await;

    assert_eq!(
        page.table("Products").column("Called"),
        ["MUG-BLUE", "MUG-RED"]
    );
    assert_eq!(page.table("Orders").column("Called"), ["MUG-ORDER"]);
    assert_eq!(page.attribute("#search", "value").as_deref(), Some("mug-"));
}

#[actix_web::test]
async fn of_several_that_are_called_so_all_are_listed() {
    let shop = Shop::open().await;
    let mug = shop.new_product("A-100");
    shop.sells("A-100", &mug, 1);
    let user = shop.user().await;

    let page = user.page("/search?q=A-100").await;

    assert!(page.says("Several are called exactly so."));
    assert_eq!(page.table("Products").column("Called"), ["A-100"]);
    assert_eq!(page.table("Orders").column("Called"), ["A-100"]);
}

#[actix_web::test]
async fn of_many_the_list_has_the_rest() {
    let shop = Shop::open().await;
    for nth in 0..10 {
        shop.new_product(&format!("CUP-{nth}"));
    }
    let user = shop.user().await;

    let page = user.page("/search?q=cup").await;

    assert_eq!(page.table("Products").rows.len(), 8);
    let rest = user.page(&page.link("All that are like it")).await;
    assert_eq!(rest.rows().len(), 10);
}

#[actix_web::test]
async fn nothing_and_strange_texts_are_answered_in_words() {
    let shop = Shop::open().await;
    let user = shop.user().await;

    for (typed, words) in [
        ("", "Type or scan a number"),
        ("no such thing", "nothing is like it"),
        ("%_\\'\"; drop table", "nothing is like it"),
        ("po99999999999999999999999", "nothing is like it"),
        ("\u{202e}\u{1b}x", "nothing is like it"),
    ] {
        let answer = found(&user, typed).await;
        assert!(answer.contains(words), "{typed:?}: {answer}");
    }
}

#[actix_web::test]
async fn it_takes_two_statements_whatever_there_is() {
    let shop = Shop::open().await;
    shop.new_product("CUP-1");
    let user = shop.user().await;
    user.page("/search?q=cup").await;

    let (_, few) = shop.statements_of(user.page("/search?q=cup")).await;
    for nth in 2..9 {
        shop.new_product(&format!("CUP-{nth}"));
    }
    let (_, many) = shop.statements_of(user.page("/search?q=cup")).await;

    assert_eq!(few, many);
}
