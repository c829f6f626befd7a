//! A crew with scanners in real browsers: walks, shorts, and two at one desk.

use backfill::preparation::{ShipmentStatus, Walk};
use backfill::web::Role;

use crate::browser::signed_in;
use crate::inventory::bins::Store;
use crate::preparation::order;
use crate::support::app::Shop;

#[actix_web::test]
async fn forty_single_items_are_walked_and_packed_as_fast_as_they_are_scanned() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 40);
    for nth in 0..40_i64 {
        let number: &'static str = format!("N-{nth:02}").leak();
        order(number, nth).line(&mug, 1).place(&shop);
    }
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::User) else {
        return;
    };
    page.goes_to("/picking");
    page.within("form[aria-label='Single items']")
        .clicks("Begin");
    page.sees("40 orders are in preparation.");
    page.clicks("Walk");
    page.is_at("/walks/batch-1");
    page.within(".leg").sees("of 40");

    // Nobody looks up between two of them: the answers come in their order all the same.
    for _ in 0..40 {
        page.scans_into_the_field("MUG");
    }
    page.sees("All is picked");
    page.goes_to("/packing");
    for _ in 0..40 {
        page.scans_into_the_field("MUG");
    }

    page.sees("SH-000040 is packed.");
    let page = shop.user().await.page("/batches/1").await;
    assert!(page.says("40 parcels: 40 packed"), "{}", page.words());
    shop.is_sound();
}

#[actix_web::test]
async fn a_bin_that_holds_too_little_is_said_by_keyboard_and_the_walk_goes_on() {
    let store = Store::open().await;
    store.receives(3);
    store
        .puts_away(store.dock, store.shelves[0], 3)
        .expect("they lie");
    let shop = &store.shop;
    let orders = [store.sells("SO-1", 1, 2), store.sells("SO-2", 2, 1)];
    let batch = shop.batches(&orders);
    let served = shop.serve();
    let Some(page) = signed_in(shop, &served, Role::User) else {
        return;
    };
    page.goes_to(&Walk::Batch(batch).path());
    for code in ["A-01", "MUG", "MUG"] {
        page.scans_into_the_field(code);
    }
    page.sees("1 left here.");

    page.clicks("Short");
    page.within("dialog").chooses("Why", "Damaged");
    page.within("dialog").clicks("Short");

    page.sees("1 of MUG short in A-01; it is to be counted.");
    page.sees("All is picked");
    page.goes_to("/packing");
    for code in ["A", "MUG", "MUG", "0001"] {
        page.scans_into_the_field(code);
    }
    page.sees("SH-000001 has left, 0001.");
    let left: Vec<ShipmentStatus> = shop
        .parcels_in(batch)
        .iter()
        .map(|parcel| shop.status(*parcel))
        .collect();
    assert_eq!(left, [ShipmentStatus::Shipped, ShipmentStatus::Cancelled]);
    assert_eq!(shop.reserved_of(orders[1]), 0);
    shop.is_sound();
}

#[actix_web::test]
async fn a_partial_order_leaves_twice_as_its_units_come() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    shop.has(&mug, 2);
    let asked = order("SO-1", 1).line(&mug, 2).line(&jug, 1).place(&shop);
    let first = shop.picked(asked);
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::User) else {
        return;
    };
    page.goes_to("/packing");
    for code in ["SO-1", "MUG", "MUG", "0001"] {
        page.scans_into_the_field(code);
    }
    page.sees("SH-000001 has left, 0001.");

    shop.has(&jug, 1);
    let second = shop.picked(asked);
    for code in ["SO-1", "JUG", "0002"] {
        page.scans_into_the_field(code);
    }

    page.sees("SH-000002 has left, 0002.");
    assert_eq!(shop.status(first), ShipmentStatus::Shipped);
    assert_eq!(shop.status(second), ShipmentStatus::Shipped);
    shop.is_sound();
}

#[actix_web::test]
async fn two_packers_at_two_desks_see_each_other_and_one_of_them_packs() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 2);
    let parcel = shop.picked(order("SO-1", 1).line(&mug, 2).place(&shop));
    let served = shop.serve();
    let Some(ann) = signed_in(&shop, &served, Role::User) else {
        return;
    };
    let ben = signed_in(&shop, &served, Role::Manager).expect("one browser is there");
    ann.goes_to("/packing");
    for code in ["SO-1", "MUG"] {
        ann.scans_into_the_field(code);
    }
    ann.sees("1 left to pack.");

    ben.goes_to("/packing");
    ben.scans_into_the_field("SO-1");
    ben.sees("has SH-000001 open: take it over first");
    ben.clicks("Take it over");
    ben.sees("1 of 2 left");
    // Ann's page follows by itself, and what she scans now is not counted for her.
    ann.does_not_see("1 of 2 left");
    ann.scans_into_the_field("SO-1");
    ann.sees("has SH-000001 open: take it over first");
    ben.scans_into_the_field("MUG");

    ben.sees("SH-000001 is packed.");
    assert_eq!(shop.status(parcel), ShipmentStatus::Packed);
    shop.is_sound();
}
