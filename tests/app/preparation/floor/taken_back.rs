//! A parcel that was said to have left, and stands there all the same.

use backfill::preparation::ShipmentStatus;
use backfill::schema::orders;
use backfill::types::OrderId;
use diesel::prelude::*;

use super::packs;
use crate::inventory::bins::{Store, bins};
use crate::preparation::order;
use crate::support::app::Shop;

fn is_open(shop: &Shop, order: OrderId) -> bool {
    shop.read(|conn| {
        let closed = orders::table.find(order).select(orders::closed_at);
        let closed: Option<chrono::DateTime<chrono::Utc>> = closed.first(conn)?;
        Ok(closed.is_none())
    })
}

#[actix_web::test]
async fn it_stands_packed_again_with_its_units_in_their_bins_and_its_order_open() {
    let store = Store::open().await;
    store.receives(3);
    store
        .puts_away(store.dock, store.shelves[0], 3)
        .expect("they lie");
    let shop = &store.shop;
    let asked = store.sells("SO-1", 1, 2);
    let parcel = shop.prepares(asked);
    shop.ships(parcel);
    assert!(!is_open(shop, asked));
    assert_eq!(store.on_hand(), 1);
    let packer = shop.user().await;

    let page = packer.page(&format!("/shipments/{parcel}")).await;
    let asking = packer.page(&page.link("It did not leave")).await;
    let form = asking.form("form[action$='/taken-back']");
    let back = packer.submit_form(&form).await;

    assert!(
        back.says("It stands packed here again."),
        "{}",
        back.words()
    );
    assert_eq!(shop.status(parcel), ShipmentStatus::Packed);
    assert!(is_open(shop, asked));
    assert_eq!(store.lie(), bins([("A-01", 3, 2)]));
    shop.is_sound();

    // Once more said to have left, it leaves once.
    shop.ships(parcel);
    assert_eq!(store.on_hand(), 1);
    assert!(!is_open(shop, asked));
    shop.is_sound();
}

#[actix_web::test]
async fn what_the_driver_signed_for_is_gone() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 1);
    let parcel = shop.prepares(order("SO-1", 1).line(&mug, 1).place(&shop));
    shop.ships(parcel);
    let packer = shop.user().await;
    let manifest = packer.page("/manifests").await.link("MA-000001");
    let signed = packer.page(&format!("{manifest}/closing")).await;
    packer.send(&signed.form("form[action$='/closing']")).await;

    let asking = packer
        .page(&format!("/shipments/{parcel}/taken-back"))
        .await;
    let refused = packer
        .send(&asking.form("form[action$='/taken-back']"))
        .await;

    assert_eq!(refused.status(), 409);
    let words = refused.page().words();
    assert!(words.contains("handed over"), "{words}");
    assert_eq!(shop.status(parcel), ShipmentStatus::Shipped);
    shop.is_sound();
}

#[actix_web::test]
async fn the_rest_of_its_order_that_is_under_way_is_given_back_first() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    shop.has(&mug, 2);
    let asked = order("SO-1", 1).line(&mug, 2).line(&jug, 1).place(&shop);
    let first = shop.prepares(asked);
    shop.ships(first);
    shop.has(&jug, 1);
    let second = shop.prepares(asked);
    let packer = shop.user().await;

    let path = format!("/shipments/{first}/taken-back");
    let refused = packer.post(&path, &[]).await;

    assert_eq!(refused.status(), 409);
    let words = refused.page().words();
    assert!(
        words.contains("SH-000002 of the same order is under way here"),
        "{words}"
    );
    packer
        .post(&format!("/shipments/{second}/given-back"), &[])
        .await;
    packer.post(&path, &[]).await;
    assert_eq!(shop.status(first), ShipmentStatus::Packed);
    shop.is_sound();

    // What nobody scanned stands there as it left: whole.
    let told = packs(&packer, &shop, "SH-000001").await;
    assert!(told.ends_with("SH-000001 is packed."), "{told}");
    packs(&packer, &shop, "0099").await;
    let third = shop.prepares(asked);
    shop.ships(third);
    assert!(!is_open(&shop, asked));
    shop.is_sound();
}
