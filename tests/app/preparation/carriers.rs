//! Carriers: what they are called in orders, and which tracking numbers are theirs.

use backfill::types::ShipmentId;

use super::order;
use crate::support::app::Shop;
use crate::support::html::Page;
use crate::support::requests::{Browser, Reply};

/// A parcel of one mug waits to leave; its order asks for `DHL`.
async fn parcel(shop: &Shop) -> ShipmentId {
    let mug = shop.new_product("MUG");
    shop.has(&mug, 1);
    shop.prepares(order("SO-1", 1).line(&mug, 1).place(shop))
}

/// What the admin types about a carrier whose numbers are `JJD` and ten digits.
async fn adds(admin: &Browser, name: &str, methods: &str) -> Reply {
    let form = admin.page("/carriers/new").await.form("#carrier");
    let form = form
        .with("name", name)
        .with("methods", methods)
        .with("tracking_pattern", "JJD[0-9]{10}")
        .with("tracking_link", "https://track.example/?n={tracking}")
        .with("needs_tracking", "true");
    admin.send(&form).await
}

async fn leaves(picker: &Browser, page: &Page, carrier: &str, tracking: &str) -> Reply {
    let form = page.form("#departure");
    let form = form.with("carrier", carrier).with("tracking", tracking);
    picker.send(&form).await
}

#[actix_web::test]
async fn a_parcel_leaves_with_a_number_of_its_carrier_and_is_followed_there() {
    let shop = Shop::open().await;
    let (admin, picker) = (shop.admin().await, shop.manager().await);
    let path = format!("/shipments/{}", parcel(&shop).await);
    let added = adds(&admin, "DHL Parcel", "dhl\nDHL Express").await;
    assert_eq!(added.location().as_deref(), Some("/carriers"));
    let list = admin.page("/carriers").await;
    assert_eq!(
        list.table("Carriers")
            .row("DHL Parcel")
            .cell("Shipping methods"),
        "DHL Express, dhl"
    );

    let page = picker.page(&path).await;
    assert_eq!(page.field("carrier").value(), "DHL Parcel");
    for (tracking, sentence) in [
        (
            "",
            "DHL Parcel takes no parcel without a tracking number: scan the label.",
        ),
        (
            "4006381333931",
            "4006381333931 does not look like a tracking number of DHL Parcel.",
        ),
        (
            "JJD00000000012",
            "JJD00000000012 does not look like a tracking number of DHL Parcel.",
        ),
    ] {
        let refused = leaves(&picker, &page, "dhl parcel", tracking).await;
        assert_eq!(refused.status(), 422);
        assert_eq!(refused.page().field("tracking").error(), sentence);
        assert_eq!(refused.page().field("carrier").value(), "dhl parcel");
    }

    leaves(&picker, &page, "dhl parcel", "jjd0000000001").await;
    let gone = picker.page(&path).await;
    assert!(gone.says("DHL Parcel"), "as it is called: {}", gone.words());
    assert_eq!(
        gone.link("jjd0000000001"),
        "https://track.example/?n=jjd0000000001"
    );
}

#[actix_web::test]
async fn whoever_is_no_carrier_of_ours_takes_any_number() {
    let shop = Shop::open().await;
    let (admin, picker) = (shop.admin().await, shop.manager().await);
    let path = format!("/shipments/{}", parcel(&shop).await);
    adds(&admin, "DHL Parcel", "dhl").await;
    let page = picker.page(&path).await;

    let left = leaves(&picker, &page, "The neighbour", "7").await;

    assert_eq!(left.location().as_deref(), Some(path.as_str()));
    assert!(picker.page(&path).await.says("The neighbour"));
}

#[actix_web::test]
async fn a_carrier_that_is_not_offered_any_more_is_not_the_one_of_an_order() {
    let shop = Shop::open().await;
    let (admin, picker) = (shop.admin().await, shop.manager().await);
    let path = format!("/shipments/{}", parcel(&shop).await);
    adds(&admin, "DHL Parcel", "dhl").await;
    let list = admin.page("/carriers").await;
    let edit = admin.page(&list.link("DHL Parcel")).await;
    assert_eq!(edit.field("methods").value(), "dhl");

    admin
        .send(&edit.form("#carrier").without("is_active"))
        .await;

    assert!(admin.page("/carriers").await.says("Not offered"));
    assert_eq!(picker.page(&path).await.field("carrier").value(), "DHL");
}

#[actix_web::test]
async fn what_cannot_be_said_of_a_carrier_is_said_beside_its_field() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;
    adds(&admin, "DHL", "dhl").await;

    for (field, typed, sentence) in [
        ("name", "", "This cannot be empty."),
        ("name", "dhl", "Another carrier is called so."),
        (
            "methods",
            "UPS\nDHL",
            "One of these is a method of another carrier.",
        ),
        (
            "tracking_pattern",
            "1Z[",
            "This is no pattern: a regular expression such as 1Z[0-9A-Z]{16}.",
        ),
        (
            "tracking_link",
            "https://track.example/",
            "Give an address that begins with https:// and has {tracking} in it.",
        ),
        (
            "tracking_link",
            "javascript:alert({tracking})",
            "Give an address that begins with https:// and has {tracking} in it.",
        ),
        ("cut_off", "25:00", "Enter a time such as 16:30."),
    ] {
        let form = admin.page("/carriers/new").await.form("#carrier");
        let form = form.with("name", "UPS").with("methods", "Express");
        let refused = admin.send(&form.with(field, typed)).await;

        assert_eq!(refused.status(), 422, "{field} {typed}");
        assert_eq!(refused.page().field(field).error(), sentence);
        assert_eq!(refused.page().field(field).value(), typed, "as typed");
    }
}
