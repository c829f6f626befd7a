//! Fewer lie there than the books say: nobody is promised what is not there.

use backfill::inventory::{self, Applying, CountScope, Found, NewCount};
use backfill::preparation::{ShipmentStatus, Walk};
use backfill::types::{LocationId, OrderId, Quantity};

use super::{packs, picks};
use crate::inventory::bins::Store;
use crate::preparation::order;
use crate::support::app::Shop;
use crate::support::requests::Browser;

/// The rest of what is to be taken next is not there.
pub async fn short(browser: &Browser, walk: Walk) -> crate::support::html::Page {
    let page = browser.page(&walk.path()).await;
    let asked = browser.page(&page.link("Short")).await;
    let form = asked.form("form[action$='/short']");
    browser.submit_form(&form.with("why", "not_found")).await
}

#[actix_web::test]
async fn a_walk_with_a_short_sends_the_first_orders_and_the_last_one_waits() {
    let store = Store::open().await;
    store.receives(4);
    store
        .puts_away(store.dock, store.shelves[0], 4)
        .expect("they lie");
    let orders: [OrderId; 3] = [
        store.sells("SO-1", 1, 1),
        store.sells("SO-2", 2, 2),
        store.sells("SO-3", 3, 1),
    ];
    let behind = store.sells("SO-4", 4, 1);
    let shop = &store.shop;
    let (picker, walk) = (shop.user().await, Walk::Batch(shop.batches(&orders)));
    picks(&picker, walk, "A-01").await;
    picks(&picker, walk, "2*MUG").await;

    let walked = short(&picker, walk).await;

    assert!(
        walked
            .says("2 of MUG short in A-01; it is to be counted. SH-000003 (slot C) is given back"),
        "{}",
        walked.words()
    );
    let batch = walked_batch(&picker, walk).await;
    let parcels = batch.table("Parcels");
    assert_eq!(parcels.column("State"), ["Picked", "Picked", "Given back"]);
    assert_eq!(parcels.column("Units"), ["1", "1", "0"]);
    // Nobody behind is promised the two that are missing, nor is the order they were taken from.
    assert_eq!(shop.reserved_of(behind), 0);
    assert_eq!(shop.reserved_of(orders[2]), 0);
    let product = picker.page(&format!("/products/{}", store.mug.id)).await;
    assert!(product.says("2 not found"), "{}", product.words());
    let next = picker.page("/counts/proposals").await;
    assert_eq!(
        next.table("What to count next").column("Why"),
        ["found short by a picker 2 times, in A-01; never counted"]
    );
    shop.is_sound();
}

async fn walked_batch(browser: &Browser, walk: Walk) -> crate::support::html::Page {
    let (batch, _) = walk.ids();
    let batch = batch.expect("it is of a batch");
    browser.page(&format!("/batches/{batch}")).await
}

/// Somebody counts the mugs of a bin, and the books follow.
fn counts(store: &Store, bin: LocationId, units: u32) {
    let new = NewCount {
        scope: CountScope::all_of(store.main),
        asked: "Everything".into(),
        blind: false,
    };
    let found = Found {
        product: store.mug.id,
        bin: Some(bin),
        units: Quantity::new(units),
        adds: false,
    };
    store.shop.write(|act| {
        let count = inventory::begin_count(act, &new)?;
        inventory::scan(act, count.id, &found)?;
        let doubtful_too = true;
        inventory::apply_count(act, count.id, Applying { doubtful_too })?;
        Ok(())
    });
}

#[actix_web::test]
async fn a_count_of_the_bin_settles_what_was_not_found() {
    for (found, left, reserved) in [(2, 2, 2), (0, 0, 0)] {
        let store = Store::open().await;
        store.receives(2);
        store
            .puts_away(store.dock, store.shelves[0], 2)
            .expect("they lie");
        let asked = store.sells("SO-1", 1, 2);
        let shop = &store.shop;
        let parcel = shop.prepares(asked);
        let picker = shop.user().await;
        short(&picker, Walk::Parcel(parcel)).await;
        assert_eq!(shop.status(parcel), ShipmentStatus::Cancelled);
        assert_eq!(shop.reserved_of(asked), 0);

        counts(&store, store.shelves[0], found);

        assert_eq!(store.on_hand(), left, "{found} were found");
        assert_eq!(shop.reserved_of(asked), reserved);
        shop.is_sound();
    }
}

#[actix_web::test]
async fn what_is_missing_and_written_off_is_not_missed_twice() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 5);
    let asked = order("SO-1", 1).line(&mug, 5).place(&shop);
    let parcel = shop.prepares(asked);
    let (picker, walk) = (shop.user().await, Walk::Parcel(parcel));
    picks(&picker, walk, "3*MUG").await;
    short(&picker, walk).await;
    assert_eq!(shop.status(parcel), ShipmentStatus::Picked);

    shop.has(&mug, -2);

    assert_eq!(shop.reserved_of(asked), 3, "what is in the parcel");
    shop.is_sound();
}

#[actix_web::test]
async fn an_order_that_leaves_wholly_or_not_at_all_goes_back_whole() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    shop.has(&mug, 2);
    shop.has(&jug, 1);
    let asked = order("SO-1", 1).line(&mug, 2).line(&jug, 1);
    let asked = asked.complete_only().place(&shop);
    let parcel = shop.prepares(asked);
    let (picker, walk) = (shop.user().await, Walk::Parcel(parcel));
    picks(&picker, walk, "2*MUG").await;

    let told = short(&picker, walk).await;

    assert!(
        told.says("SH-000001 is given back: put its units back on their shelves."),
        "{}",
        told.words()
    );
    assert_eq!(shop.status(parcel), ShipmentStatus::Cancelled);
    assert_eq!(shop.reserved_of(asked), 2, "the mugs wait for the jug");
    shop.is_sound();
}

#[actix_web::test]
async fn a_parcel_is_packed_short_with_a_reason_and_the_rest_keeps_its_place() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    shop.has(&mug, 2);
    shop.has(&jug, 1);
    let asked = order("SO-1", 1).line(&mug, 2).line(&jug, 1).place(&shop);
    let parcel = shop.picked(asked);
    let packer = shop.packer().await;
    packs(&packer, &shop, "SH-000001").await;
    packs(&packer, &shop, "MUG").await;

    let asked_why = packer.page(&format!("/packing/{parcel}/short")).await;
    assert!(
        asked_why.says("1 of MUG, 1 of JUG"),
        "{}",
        asked_why.words()
    );
    let none = asked_why.form("form[action$='/short']").with("why", "");
    assert_eq!(packer.send(&none).await.status(), 422);
    let form = asked_why
        .form("form[action$='/short']")
        .with("why", "damaged");
    packer.submit_form(&form).await;

    assert_eq!(shop.status(parcel), ShipmentStatus::Packed);
    let desk = packer.page("/packing").await;
    packer
        .submit_form(&desk.form("form[action$='/shipped']"))
        .await;
    assert_eq!(shop.status(parcel), ShipmentStatus::Shipped);
    assert_eq!(shop.reserved_of(asked), 0, "the rest waits for others");
    shop.is_sound();
}

#[actix_web::test]
async fn a_kit_without_one_of_its_parts_does_not_leave() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    let set = shop.new_kit("SET", &[(&mug, 2), (&jug, 1)]);
    shop.has(&mug, 4);
    shop.has(&jug, 2);
    let asked = order("SO-1", 1).line(&set, 2).place(&shop);
    let parcel = shop.prepares(asked);
    let (picker, walk) = (shop.user().await, Walk::Parcel(parcel));
    picks(&picker, walk, "2*JUG").await;
    picks(&picker, walk, "3*MUG").await;

    let told = short(&picker, walk).await;

    assert!(
        told.says("Put back: 1 of JUG, 1 of MUG."),
        "{}",
        told.words()
    );
    assert_eq!(shop.status(parcel), ShipmentStatus::Picked);
    let page = picker.page(&format!("/shipments/{parcel}")).await;
    let lines = page.table("In this parcel");
    assert_eq!(lines.row("MUG").cell("In this parcel"), "2");
    assert_eq!(lines.row("JUG").cell("In this parcel"), "1");
    shop.is_sound();
}
