//! The floor in a real browser, with a scanner alone.

use backfill::preparation::{ShipmentStatus, Walk};
use backfill::web::Role;

use crate::browser::signed_in;
use crate::inventory::bins::Store;
use crate::preparation::order;
use crate::support::app::Shop;

#[actix_web::test]
async fn an_order_goes_from_its_bin_to_the_carrier_by_keyboard_and_scanner() {
    let store = Store::open().await;
    store.receives(2);
    store
        .puts_away(store.dock, store.shelves[0], 2)
        .expect("they lie");
    let shop = &store.shop;
    let parcel = shop.prepares(store.sells("SO-1", 1, 2));
    let served = shop.serve();
    let Some(page) = signed_in(shop, &served, Role::User) else {
        return;
    };
    page.goes_to(&Walk::Parcel(parcel).path());

    // Nothing is clicked: the field has the focus, also after a no.
    page.scans_into_the_field("MUG");
    page.sees("Scan the bin first: MUG lies in A-01.");
    page.scans_into_the_field("A-01");
    page.sees("A-01: 2 to take.");
    page.scans_into_the_field("MUG");
    page.scans_into_the_field("MUG");
    page.sees("All is picked");
    page.goes_to("/packing");
    page.scans_into_the_field("SO-1");
    page.scans_into_the_field("MUG");
    page.scans_into_the_field("JUG");
    page.sees("Nothing is called JUG.");
    page.scans_into_the_field("MUG");
    page.sees("SH-000001 is packed.");
    page.scans_into_the_field("0034043416");
    page.sees("SH-000001 has left, 0034043416.");

    assert_eq!(shop.status(parcel), ShipmentStatus::Shipped);
    shop.is_sound();
}

#[actix_web::test]
async fn a_tablet_that_is_closed_in_the_middle_of_packing_goes_on_where_it_was() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 3);
    let parcel = shop.picked(order("SO-1", 1).line(&mug, 3).place(&shop));
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::User) else {
        return;
    };
    page.goes_to("/packing");
    for code in ["SO-1", "MUG"] {
        page.scans_into_the_field(code);
    }
    page.sees("2 left to pack.");

    page.goes_to("/orders");
    page.goes_to("/packing");
    page.sees("2 left to pack.");
    for code in ["MUG", "MUG"] {
        page.scans_into_the_field(code);
    }
    page.sees("SH-000001 is packed.");

    assert_eq!(shop.status(parcel), ShipmentStatus::Packed);
}

#[actix_web::test]
async fn ten_scans_without_a_network_are_kept_and_sent_once_in_their_order() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 10);
    let parcel = shop.picked(order("SO-1", 1).line(&mug, 10).place(&shop));
    let served = shop.serve();
    let Some(page) = signed_in(&shop, &served, Role::User) else {
        return;
    };
    page.goes_to("/packing");
    page.scans_into_the_field("SO-1");
    page.sees("10 to pack.");

    page.is_offline(true);
    for _ in 0..10 {
        page.scans_into_the_field("MUG");
    }
    page.sees("10 not confirmed yet. No network: they are kept here");
    page.is_offline(false);

    page.sees("SH-000001 is packed.");
    page.does_not_see("not confirmed yet");
    let errors = page.console_errors();
    let is_of_network = |error: &String| error.contains("ERR_INTERNET_DISCONNECTED");
    assert!(errors.iter().any(is_of_network), "{errors:?}");
    assert_eq!(shop.status(parcel), ShipmentStatus::Packed);
    shop.is_sound();
}
