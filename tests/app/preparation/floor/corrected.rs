//! Scans, counts by hand, shorts and other bins in any order: what was taken, packed and left adds up.

use backfill::preparation::{ShipmentStatus, Walk};
use backfill::schema::shipment_lines;
use backfill::types::{LocationId, OrderId, OrderLineId, Quantity, RequestKey, ShipmentId};
use diesel::prelude::*;

use super::short::short;
use super::{packs, picks};
use crate::inventory::bins::Store;
use crate::preparation::order;
use crate::support::app::Shop;
use crate::support::requests::{Browser, Reply};

async fn undoes(browser: &Browser, walk: Walk) -> Reply {
    browser.post(&format!("{}/undo", walk.path()), &[]).await
}

#[actix_web::test]
async fn a_scan_whose_unit_is_in_a_package_is_not_taken_back_on_the_walk() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 2);
    let parcel = shop.prepares(order("SO-1", 1).line(&mug, 2).place(&shop));
    let (user, walk) = (shop.user().await, Walk::Parcel(parcel));
    picks(&user, walk, "2*MUG").await;
    for code in ["SO-1", "MUG"] {
        packs(&user, &shop, code).await;
    }
    user.post("/packing/aside", &[]).await;

    let refused = undoes(&user, walk).await;

    assert_eq!(refused.status(), 409);
    assert!(
        refused
            .page()
            .says("Nothing was scanned here that could be taken back."),
        "{}",
        refused.page().words()
    );
    assert_eq!(shop.status(parcel), ShipmentStatus::Picked);
    shop.is_sound();
}

#[actix_web::test]
async fn what_was_said_to_be_picked_unscanned_is_to_be_scanned_after_an_undo() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 5);
    let parcel = shop.prepares(order("SO-1", 1).line(&mug, 5).place(&shop));
    let (user, walk) = (shop.user().await, Walk::Parcel(parcel));
    for _ in 0..2 {
        picks(&user, walk, "MUG").await;
    }
    shop.write(|act| Ok(backfill::preparation::mark_picked(act, parcel)?));

    undoes(&user, walk).await;

    assert_eq!(shop.status(parcel), ShipmentStatus::ToPick);
    shop.is_sound();
    let told = picks(&user, walk, "5*MUG").await;
    assert!(told.starts_with("No Too many: 4 more of MUG"), "{told}");
    picks(&user, walk, "4*MUG").await;
    assert_eq!(shop.status(parcel), ShipmentStatus::Picked);
    shop.is_sound();
}

/// Three mugs of a parcel lie in A-01, and more in A-02.
async fn in_two_bins() -> (Store, OrderId, ShipmentId) {
    let store = Store::open().await;
    store.receives(3);
    store
        .puts_away(store.dock, store.shelves[0], 3)
        .expect("they lie");
    let asked = store.sells("SO-1", 1, 3);
    let parcel = store.shop.prepares(asked);
    store.receives(4);
    store
        .puts_away(store.dock, store.shelves[1], 4)
        .expect("they lie");
    (store, asked, parcel)
}

async fn takes_elsewhere(
    user: &Browser,
    (parcel, line): (ShipmentId, OrderLineId),
    (from, to): (LocationId, LocationId),
    units: &str,
) -> Reply {
    let path = format!("/shipments/{parcel}/lines/{line}/bin");
    let (from, to) = (from.to_string(), to.to_string());
    let fields = [
        ("from", from.as_str()),
        ("location", to.as_str()),
        ("quantity", units),
    ];
    user.post(&path, &fields).await
}

#[actix_web::test]
async fn units_that_are_on_the_cart_are_not_looked_for_in_another_bin() {
    let (store, asked, parcel) = in_two_bins().await;
    let (user, walk) = (store.shop.user().await, Walk::Parcel(parcel));
    for code in ["A-01", "MUG", "MUG"] {
        picks(&user, walk, code).await;
    }
    let line = store.line(asked);
    let bins = (store.shelves[0], store.shelves[1]);

    let refused = takes_elsewhere(&user, (parcel, line), bins, "2").await;
    assert_eq!(refused.status(), 422);
    assert!(refused.page().says("No more than 1 left to pick there."));
    let moved = takes_elsewhere(&user, (parcel, line), bins, "1").await;
    assert!(moved.status() < 400, "{}", moved.summary());

    for code in ["A-02", "MUG"] {
        picks(&user, walk, code).await;
    }
    assert_eq!(store.shop.status(parcel), ShipmentStatus::Picked);
    store.shop.is_sound();
}

#[actix_web::test]
async fn a_picker_takes_the_rest_of_a_stop_out_of_another_bin_that_is_offered() {
    let (store, _, parcel) = in_two_bins().await;
    let (user, walk) = (store.shop.user().await, Walk::Parcel(parcel));
    for code in ["A-01", "MUG"] {
        picks(&user, walk, code).await;
    }
    let page = user.page(&walk.path()).await;
    let others = page.form(&format!("form[action='{}/bin']", walk.path()));

    let said = user
        .submit_form(
            &others
                .clone()
                .with("location", &store.shelves[1].to_string()),
        )
        .await;

    assert!(
        said.says("2 of MUG are taken out of A-02 instead."),
        "{}",
        said.words()
    );
    store.shop.is_sound();
    for code in ["A-02", "2*MUG"] {
        picks(&user, walk, code).await;
    }
    assert_eq!(store.shop.status(parcel), ShipmentStatus::Picked);

    let key = RequestKey::fresh().to_string();
    let late = others.with("location", &store.shelves[1].to_string());
    let late = user.send(&late.with("key", &key)).await;
    assert_eq!(late.status(), 409);
    assert!(
        late.page().says("is left to pick"),
        "{}",
        late.page().words()
    );
    store.shop.is_sound();
}

#[actix_web::test]
async fn what_is_put_back_for_a_kit_is_what_an_undo_takes_back_no_more() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    let set = shop.new_kit("SET", &[(&mug, 1), (&jug, 1)]);
    shop.has(&mug, 3);
    shop.has(&jug, 3);
    let parcel = shop.prepares(order("SO-1", 1).line(&set, 3).place(&shop));
    let (user, walk) = (shop.user().await, Walk::Parcel(parcel));
    picks(&user, walk, "JUG").await;
    picks(&user, walk, "3*MUG").await;
    short(&user, walk).await;
    assert_eq!(shop.status(parcel), ShipmentStatus::Picked);
    shop.is_sound();

    undoes(&user, walk).await;

    assert_eq!(shop.status(parcel), ShipmentStatus::ToPick);
    shop.is_sound();
    let told = picks(&user, walk, "2*MUG").await;
    assert!(told.contains("Too many: 1 more of MUG"), "{told}");
    picks(&user, walk, "MUG").await;
    assert_eq!(shop.status(parcel), ShipmentStatus::Picked);
    shop.is_sound();
}

#[actix_web::test]
async fn a_kit_in_two_bins_that_is_short_leaves_behind_what_was_not_taken_yet() {
    let store = Store::open().await;
    let shop = &store.shop;
    store.receives(4);
    for shelf in 0..2 {
        store
            .puts_away(store.dock, store.shelves[shelf], 2)
            .expect("they lie");
    }
    let jug = shop.new_product("JUG");
    let set = shop.new_kit("SET", &[(&store.mug, 2), (&jug, 1)]);
    shop.has(&jug, 2);
    let parcel = shop.prepares(order("SO-1", 1).line(&set, 2).place(shop));
    let (user, walk) = (shop.user().await, Walk::Parcel(parcel));
    for code in ["A-02", "2*MUG"] {
        picks(&user, walk, code).await;
    }
    shop.write(|act| {
        let line: OrderLineId = shipment_lines::table
            .filter(shipment_lines::shipment_id.eq(parcel))
            .filter(shipment_lines::product_id.eq(jug.id))
            .select(shipment_lines::order_line_id)
            .first(act.conn())?;
        let why = backfill::preparation::ShortReason::Damaged;
        let one = Quantity::new(1);
        backfill::preparation::report_line_short(act, (parcel, line), one, why)?;
        Ok(())
    });

    // The two out of A-02 are on the cart: those in A-01 stay where they lie.
    shop.is_sound();
    let page = user.page(&walk.path()).await;
    assert!(!page.says("A-01"), "{}", page.words());
    shop.is_sound();
}
