//! The label of a packed parcel: its own, and no other code.

use backfill::preparation::{self, CarrierInput, Departure, ShipmentStatus};

use super::packs;
use crate::preparation::order;
use crate::support::app::Shop;

/// Parcel Post takes no parcel without a number of thirteen digits.
fn parcel_post(shop: &Shop) {
    shop.write(|act| {
        let post = CarrierInput {
            name: "Parcel Post".into(),
            tracking_pattern: "[0-9]{13}".into(),
            needs_tracking: true,
            ..CarrierInput::blank()
        };
        Ok(preparation::add_carrier(act, &post, &["DHL".to_owned()])?)
    });
}

/// Two orders of one mug each, picked; on the mug stands a code of thirteen digits.
async fn two_picked() -> (Shop, [backfill::types::ShipmentId; 2]) {
    let shop = Shop::open().await;
    parcel_post(&shop);
    let mug = shop.new_product("MUG");
    shop.labels(&mug, "4006381333931", 1);
    shop.has(&mug, 2);
    let parcels = [("SO-1", 1), ("SO-2", 2)]
        .map(|(number, minute)| shop.picked(order(number, minute).line(&mug, 1).place(&shop)));
    (shop, parcels)
}

#[actix_web::test]
async fn a_product_that_is_read_twice_is_no_label_and_opens_no_other_parcel() {
    let (shop, parcels) = two_picked().await;
    let packer = shop.packer().await;
    assert_eq!(
        packs(&packer, &shop, "4006381333931").await,
        "Counted MUG: 1. SH-000001 is packed."
    );

    let twice = packs(&packer, &shop, "4006381333931").await;

    assert_eq!(
        twice,
        "No One too many: SH-000001 is packed. Scan its label, or put it aside."
    );
    assert_eq!(shop.status(parcels[1]), ShipmentStatus::Picked);
    assert_eq!(
        packs(&packer, &shop, "1111111111111").await,
        "Opened SH-000001 has left, 1111111111111."
    );
    packs(&packer, &shop, "4006381333931").await;
    let same = packs(&packer, &shop, "1111111111111").await;
    assert_eq!(
        same,
        "No 1111111111111 is the number of SH-000001: scan the label of this one."
    );
    assert_eq!(shop.status(parcels[1]), ShipmentStatus::Packed);
    let no = packs(&packer, &shop, "123").await;
    assert!(no.contains("does not look like a tracking number"), "{no}");
    shop.is_sound();
}

#[actix_web::test]
async fn a_parcel_that_was_labelled_before_leaves_so() {
    let (shop, parcels) = two_picked().await;
    let ups = Departure {
        carrier: "UPS".into(),
        tracking_number: "1Z-9".into(),
    };
    shop.write(|act| Ok(preparation::label(act, parcels[0], &ups)?));
    let packer = shop.packer().await;
    packs(&packer, &shop, "SO-1").await;
    packs(&packer, &shop, "MUG").await;

    let desk = packer.page("/packing").await;
    packer
        .submit_form(&desk.form("form[action$='/shipped']"))
        .await;

    let page = packer.page(&format!("/shipments/{}", parcels[0])).await;
    assert!(page.says("UPS") && page.says("1Z-9"), "{}", page.words());
    assert_eq!(shop.status(parcels[0]), ShipmentStatus::Shipped);
}
