//! A walk: the bin is scanned, then what is taken out of it.

use backfill::preparation::{ShipmentStatus, Walk};

use super::picks;
use crate::inventory::bins::Store;
use crate::preparation::order;
use crate::support::app::Shop;

/// Five mugs lie in A-01 and seven in A-02; three orders want 2, 4 and 1.
async fn store() -> (Store, [backfill::types::OrderId; 3]) {
    let store = Store::open().await;
    let [first, second, _] = store.shelves;
    store.receives(12);
    store.puts_away(store.dock, first, 5).expect("they lie");
    store.puts_away(store.dock, second, 7).expect("they lie");
    let orders = [
        store.sells("SO-1", 1, 2),
        store.sells("SO-2", 2, 4),
        store.sells("SO-3", 3, 1),
    ];
    (store, orders)
}

#[actix_web::test]
async fn a_batch_is_walked_from_bin_to_bin_and_each_unit_has_its_slot() {
    let (store, orders) = store().await;
    let picker = store.shop.user().await;
    let batch = store.shop.batches(&orders);
    let walk = Walk::Batch(batch);

    let page = picker.page(&walk.path()).await;
    assert_eq!(page.texts(".leg-bin strong"), ["A-01"]);
    assert_eq!(page.texts(".leg-count strong"), ["5"]);
    assert_eq!(page.texts(".leg-into li"), ["A 2", "B 3"]);
    assert_eq!(page.table("Then").column("Bin"), ["A-02"]);

    for (code, answer) in [
        ("MUG", "No Scan the bin first: MUG lies in A-01."),
        ("A-03", "No Nothing is to be taken out of A-03."),
        ("A-01", "Opened A-01: 5 to take."),
        ("MUG", "Counted MUG: 1 into A. 4 left here."),
        ("3*MUG", "Counted MUG: 1 into A, 2 into B. 1 left here."),
        ("2*MUG", "No Too many: 1 more of MUG here, not 2."),
        ("NOPE", "No No bin and no product is called NOPE."),
        ("mug", "Counted MUG: 1 into B. All taken here."),
        ("MUG", "No No: MUG is not taken here, but out of A-02."),
        ("A-02", "Opened A-02: 2 to take."),
        ("2*MUG", "Counted MUG: 1 into B, 1 into C. All taken here."),
        ("MUG", "No Nothing of BA-000001 is left to pick."),
    ] {
        assert_eq!(picks(&picker, walk, code).await, answer, "{code}");
    }

    let page = picker.page(&format!("/batches/{batch}")).await;
    assert!(page.says("3 parcels: 3 picked"), "{}", page.words());
    let parcels = page.table("Parcels");
    assert_eq!(parcels.column("Slot"), ["A", "B", "C"]);
    assert_eq!(parcels.column("Picked"), ["2", "4", "1"]);
    store.shop.is_sound();
}

#[actix_web::test]
async fn the_last_scan_is_taken_back_even_if_it_was_the_last_of_a_parcel() {
    let (store, orders) = store().await;
    let picker = store.shop.user().await;
    let parcel = store.shop.prepares(orders[0]);
    let walk = Walk::Parcel(parcel);
    picks(&picker, walk, "A-01").await;
    picks(&picker, walk, "2*MUG").await;
    assert_eq!(store.shop.status(parcel), ShipmentStatus::Picked);

    let page = picker.page(&walk.path()).await;
    picker
        .submit_form(&page.form("form[action$='/undo']"))
        .await;

    assert_eq!(store.shop.status(parcel), ShipmentStatus::ToPick);
    let page = picker.page(&walk.path()).await;
    assert_eq!(page.texts(".leg-count strong"), ["2"]);
    let again = picker.send(&page.form("form[action$='/undo']")).await;
    assert_eq!(again.status(), 409);
    let why = "Nothing was scanned here that could be taken back.";
    assert!(again.text().contains(why));
}

#[actix_web::test]
async fn somebody_else_does_not_count_on_a_walk_before_they_took_it_over() {
    let (store, orders) = store().await;
    let (picker, other) = (store.shop.user().await, store.shop.manager().await);
    let walk = Walk::Batch(store.shop.batches(&orders));
    picks(&picker, walk, "A-01").await;

    let refused = picks(&other, walk, "MUG").await;
    assert!(
        refused.contains("walks BA-000001: take it over first."),
        "{refused}"
    );
    let page = other.page(&walk.path()).await;
    other
        .submit_form(&page.form("form[action$='/operator']"))
        .await;

    assert_eq!(
        picks(&other, walk, "MUG").await,
        "Counted MUG: 1 into A. 4 left here."
    );
    let refused = picks(&picker, walk, "MUG").await;
    assert!(refused.contains("take it over first."), "{refused}");
}

#[actix_web::test]
async fn where_there_are_no_bins_the_products_are_scanned_in_any_order() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    shop.has(&mug, 6);
    shop.has(&jug, 1);
    shop.labels(&mug, "14006381333938", 6);
    let parcel = shop.prepares(order("SO-1", 1).line(&mug, 6).line(&jug, 1).place(&shop));
    let (picker, walk) = (shop.user().await, Walk::Parcel(parcel));

    assert_eq!(
        picks(&picker, walk, "JUG").await,
        "Counted JUG: 1. All taken here."
    );
    let case = picks(&picker, walk, "14006381333938").await;

    assert_eq!(case, "Counted MUG: 6. All taken here.");
    assert_eq!(shop.status(parcel), ShipmentStatus::Picked);
    shop.is_sound();
}

#[actix_web::test]
async fn only_who_walks_takes_a_scan_back_and_what_was_given_back_is_left_alone() {
    let (store, orders) = store().await;
    let shop = &store.shop;
    let batch = shop.batches(&orders);
    let walk = Walk::Batch(batch);
    let (picker, other) = (shop.user().await, shop.manager().await);
    picks(&picker, walk, "A-01").await;
    picks(&picker, walk, "2*MUG").await;
    let undo = format!("{}/undo", walk.path());

    let refused = other.post(&undo, &[]).await;
    assert_eq!(refused.status(), 409);
    assert!(refused.page().says("take it over first"));

    let parcels = shop.parcels_in(batch);
    shop.write(|act| Ok(backfill::preparation::give_back(act, parcels[0])?));
    picker.post(&undo, &[]).await;
    shop.is_sound();
    let none = picker.post(&undo, &[]).await;
    assert_eq!(none.status(), 409, "nothing else was scanned");
    shop.is_sound();
}
