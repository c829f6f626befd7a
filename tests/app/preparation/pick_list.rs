//! The paper an operator walks along the shelves with.

use backfill::types::ShipmentId;

use super::{order, shows};
use crate::inventory::bins::Store;
use crate::support::app::Shop;

async fn printed(shop: &Shop, parcel: ShipmentId) -> String {
    let picker = shop.user().await;
    let list = format!("/shipments/{parcel}/pick-list.pdf");
    let reply = picker.get(&list).await;
    assert_eq!(reply.header("content-type"), Some("application/pdf"));
    let text = pdf_extract::extract_text_from_mem(reply.bytes()).expect("a PDF");
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

#[actix_web::test]
async fn a_pick_list_goes_from_bin_to_bin() {
    let store = Store::open().await;
    let [first, second, _] = store.shelves;
    store.receives(12);
    store.puts_away(store.dock, second, 4).expect("they lie");
    store.puts_away(store.dock, first, 3).expect("they lie");
    let parcel = store.prepares(store.sells("SO-1", 1, 6));

    let words = printed(&store.shop, parcel).await;

    for said in [
        "Pick list",
        "SH-000001",
        "SO-1",
        "MUG Product MUG",
        "Units 6",
    ] {
        assert!(words.contains(said), "{said} in {words}");
    }
    let place = |row: &str| {
        words
            .find(row)
            .unwrap_or_else(|| panic!("{row} in {words}"))
    };
    assert!(place("A-01 MUG Product MUG 3") < place("A-02 MUG Product MUG 3"));
    assert!(!words.contains("DOCK"), "{words}");
}

#[actix_web::test]
async fn what_lies_in_no_bin_and_parts_of_kits_are_picked_as_well() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    let set = shop.new_kit("SET", &[(&mug, 2), (&jug, 1)]);
    shop.has(&mug, 5);
    shop.has(&jug, 2);
    let asked = order("SO-1", 1).line(&set, 2).line(&mug, 1).place(&shop);
    let parcel = shop.prepares(asked);

    let words = printed(&shop, parcel).await;

    for said in [
        "JUG Product JUG",
        "MUG Product MUG",
        "for kit SET",
        "Units 7",
    ] {
        assert!(words.contains(said), "{said} in {words}");
    }
    assert!(words.contains("– MUG"), "one walk to the mugs: {words}");
    assert_eq!(words.matches("Product MUG").count(), 1);
}

#[actix_web::test]
async fn nothing_is_picked_for_a_parcel_that_left() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 1);
    let parcel = shop.prepares(order("SO-1", 1).line(&mug, 1).place(&shop));
    let picker = shop.user().await;
    let page = format!("/shipments/{parcel}");
    assert!(picker.page(&page).await.has("[href$='/pick-list.pdf']"));

    shop.ships(parcel);
    let refused = picker.get(&format!("{page}/pick-list.pdf")).await;

    assert_eq!(refused.status(), 409);
    shows(&refused.page(), "SH-000001 is not under way");
    assert!(!picker.page(&page).await.has("[href$='/pick-list.pdf']"));
}
