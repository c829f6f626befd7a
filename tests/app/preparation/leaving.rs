//! What is packed leaves together, each parcel the way it is to go.

use backfill::preparation::{self, CarrierInput, Departure, Error, ShipmentStatus};
use backfill::types::{CarrierId, ShipmentId};

use super::{order, shows};
use crate::support::app::Shop;

/// Packed parcels of one mug each, for orders sent by `DHL`.
pub fn packs(shop: &Shop, numbers: &[&'static str]) -> Vec<ShipmentId> {
    let mug = shop.new_product("MUG");
    shop.has(&mug, i32::try_from(numbers.len()).expect("few"));
    let packed = numbers.iter().map(|number| {
        let parcel = shop.prepares(order(number, 1).line(&mug, 1).place(shop));
        shop.write(|act| {
            preparation::mark_picked(act, parcel)?;
            preparation::pack_unscanned(act, parcel)?;
            Ok(())
        });
        parcel
    });
    packed.collect()
}

/// A carrier of `DHL` whose numbers are `JJD` and three digits, and which takes no parcel without one.
pub fn dhl(shop: &Shop) -> CarrierId {
    let dhl = CarrierInput {
        name: "DHL Parcel".into(),
        tracking_pattern: "JJD[0-9]{3}".into(),
        tracking_link: "https://track.example/?n={tracking}".into(),
        needs_tracking: true,
        cut_off: "00:00".into(),
        ..CarrierInput::blank()
    };
    shop.write(|act| Ok(preparation::add_carrier(act, &dhl, &["dhl".into()])?))
}

pub fn labels(shop: &Shop, parcel: ShipmentId, tracking: &str) {
    let departure = Departure {
        carrier: "dhl parcel".into(),
        tracking_number: tracking.into(),
    };
    shop.write(|act| Ok(preparation::label(act, parcel, &departure)?));
}

impl Shop {
    /// Lets a parcel leave with the carrier of these stories.
    pub fn ships_with(&self, parcel: ShipmentId, tracking: &str) {
        let departure = Departure {
            carrier: "DHL Parcel".into(),
            tracking_number: tracking.into(),
        };
        self.write(|act| Ok(preparation::ship(act, parcel, &departure)?));
    }
}

#[actix_web::test]
async fn one_that_its_carrier_refuses_keeps_nobody_else_from_leaving() {
    let shop = Shop::open().await;
    dhl(&shop);
    let parcels = packs(&shop, &["SO-1", "SO-2", "SO-3"]);
    labels(&shop, parcels[0], "JJD001");
    labels(&shop, parcels[2], "JJD003");

    let left = shop.write(|act| Ok(preparation::ship_all(act, &parcels)?));

    let gone: Vec<(&str, &str, &str)> = left
        .gone
        .iter()
        .map(|each| (&*each.number, &*each.carrier, &*each.tracking_number))
        .collect();
    assert_eq!(
        gone,
        [
            ("SH-000001", "DHL Parcel", "JJD001"),
            ("SH-000003", "DHL Parcel", "JJD003")
        ]
    );
    let refused = (
        "SH-000002".to_owned(),
        Error::NoTracking("DHL Parcel".into()),
    );
    assert_eq!(left.stayed, [refused]);
}

#[actix_web::test]
async fn what_is_not_packed_or_has_left_stays_as_it_is() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 2);
    let to_pick = shop.prepares(order("SO-1", 1).line(&mug, 1).place(&shop));
    let gone = shop.prepares(order("SO-2", 2).line(&mug, 1).place(&shop));
    shop.ships(gone);

    let left = shop.write(|act| Ok(preparation::ship_all(act, &[gone, to_pick])?));

    assert_eq!(left.gone, []);
    let why: Vec<String> = left.stayed.iter().map(|(_, why)| why.to_string()).collect();
    assert_eq!(
        why,
        [
            "SH-000002 has already left.",
            "SH-000001 is not packed yet."
        ]
    );
}

#[actix_web::test]
async fn many_parcels_leave_in_as_many_statements_as_two() {
    let counts = async |parcels: &[&'static str]| {
        let shop = Shop::open().await;
        let parcels = packs(&shop, parcels);
        let (left, statements) = shop
            .statements_of(async { shop.write(|act| Ok(preparation::ship_all(act, &parcels)?)) })
            .await;
        assert_eq!(left.gone.len(), parcels.len());
        statements
    };

    let two = counts(&["SO-1", "SO-2"]).await;
    let eight = counts(&["A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8"]).await;

    assert_eq!(two, eight);
}

#[actix_web::test]
async fn chosen_parcels_of_the_tab_leave_and_the_answer_names_who_stays() {
    let shop = Shop::open().await;
    dhl(&shop);
    let parcels = packs(&shop, &["SO-1", "SO-2"]);
    labels(&shop, parcels[0], "JJD001");
    let picker = shop.user().await;
    let tab = picker.page("/preparation?tab=in-progress").await;
    assert!(tab.has("button[formaction='/shipments/shipped']"));
    let warehouse = shop.primary_warehouse().id.to_string();
    let ids: Vec<String> = parcels.iter().map(ToString::to_string).collect();

    let form = [
        ("warehouse", warehouse.as_str()),
        ("shipment", ids[0].as_str()),
        ("shipment", ids[1].as_str()),
    ];
    let page = picker.submit("/shipments/shipped", &form).await;

    shows(
        &page,
        "1 parcel has left. SH-000002 stays: DHL Parcel takes no parcel without a tracking number",
    );
    let none = picker
        .post("/shipments/shipped", &[("warehouse", &warehouse)])
        .await;
    assert_eq!(none.status(), 409);
}

#[actix_web::test]
async fn all_that_is_packed_for_a_carrier_leaves_at_once() {
    let shop = Shop::open().await;
    dhl(&shop);
    let parcels = packs(&shop, &["SO-1", "SO-2", "SO-3"]);
    labels(&shop, parcels[0], "JJD001");
    labels(&shop, parcels[1], "JJD002");
    let by_hand = Departure {
        carrier: "The neighbour".into(),
        tracking_number: String::new(),
    };
    shop.write(|act| Ok(preparation::label(act, parcels[2], &by_hand)?));
    let picker = shop.user().await;

    let page = picker.page("/manifests/ship").await;
    assert_eq!(
        page.table("DHL Parcel").column("Parcel"),
        ["SH-000001", "SH-000002"]
    );
    assert_eq!(page.table("The neighbour").column("Parcel"), ["SH-000003"]);
    let takes = page.says("Takes parcels until 00:00") || page.says("Took parcels until 00:00");
    assert!(takes, "{}", page.words());
    let left = picker
        .submit_form(&page.form("form:has([value='DHL Parcel'])"))
        .await;

    shows(&left, "2 parcels have left.");
    assert!(!left.says("SH-000001"));
    shows(&left, "SH-000003");
}

#[actix_web::test]
async fn a_parcel_is_labelled_before_it_leaves() {
    let shop = Shop::open().await;
    dhl(&shop);
    let parcel = packs(&shop, &["SO-1"])[0];
    let picker = shop.user().await;
    let path = format!("/shipments/{parcel}");
    let label = format!("{path}/label");

    let refused = picker
        .post(&label, &[("carrier", "DHL Parcel"), ("tracking", "4006")])
        .await;
    assert_eq!(refused.status(), 422);
    assert_eq!(
        refused.page().field("tracking").error(),
        "4006 does not look like a tracking number of DHL Parcel."
    );
    let typed = [("carrier", "dhl parcel"), ("tracking", "JJD007")];
    let page = picker.submit(&label, &typed).await;

    shows(&page, "The parcel is labelled; it has not left yet.");
    assert_eq!(page.field("carrier").value(), "DHL Parcel");
    assert_eq!(page.field("tracking").value(), "JJD007");
    shows(&page, "Labelled DHL Parcel JJD007");
    let left = shop.write(|act| Ok(preparation::ship_all(act, &[parcel])?));
    assert_eq!(left.gone[0].status, ShipmentStatus::Shipped);
    let late = picker.post(&label, &typed).await;
    assert_eq!(late.status(), 409);
}
