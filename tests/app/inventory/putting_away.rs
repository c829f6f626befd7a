//! Put-away by scan: the product, how many, and the bin; and what a parcel says of its bins.

use backfill::catalog::LocationKind;

use super::bins::{Store, bins};
use crate::support::html::Page;
use crate::support::requests::Browser;

async fn asks(browser: &Browser, store: &Store, product: &str) -> Page {
    let path = format!("/put-away/new?warehouse={}&product={product}", store.main);
    browser.page(&path).await
}

#[actix_web::test]
async fn what_arrived_is_put_away_by_scanning_the_product_and_a_bin() {
    let store = Store::open().await;
    store.receives(12);
    let picker = store.shop.user().await;
    let list = picker.page("/put-away").await;
    let row = list
        .table("On the dock")
        .rows
        .into_iter()
        .next()
        .expect("a row");
    assert_eq!(row.cell("Dock"), "DOCK");
    assert_eq!(row.cell("To put away"), "12");
    assert_eq!(row.cell("Proposed bin"), "A-01");

    let asked = asks(&picker, &store, "MUG").await;
    let form = asked.form("form[action='/put-away']");
    assert_eq!(asked.field("quantity").value(), "12");
    let barcode = format!("{}-A-02", store.main);
    let put = form.with("location", &barcode).with("quantity", "5");
    picker.submit_form(&put).await;

    assert_eq!(store.lie(), bins([("A-02", 5, 0), ("DOCK", 7, 0)]));
    let list = picker.page("/put-away").await;
    let row = list
        .table("On the dock")
        .rows
        .into_iter()
        .next()
        .expect("a row");
    assert_eq!(row.cell("Proposed bin"), "A-02", "where it lies already");
}

#[actix_web::test]
async fn a_bin_that_is_scanned_first_says_what_lies_in_it() {
    let store = Store::open().await;
    store.receives(12);
    let picker = store.shop.user().await;

    let asked = asks(&picker, &store, "dock").await;
    assert!(asked.says("DOCK"), "{}", asked.words());
    let path = asked.link("MUG");
    let form = picker.page(&path).await.form("form[action='/put-away']");
    picker
        .submit_form(&form.with("location", "A-02").with("quantity", "5"))
        .await;

    assert_eq!(store.lie(), bins([("A-02", 5, 0), ("DOCK", 7, 0)]));
    let empty = asks(&picker, &store, "A-03").await;
    assert!(empty.says("Nothing lies in this bin."), "{}", empty.words());
    let nothing = asks(&picker, &store, "NOPE").await;
    assert!(
        nothing.says("No product and no bin has this code."),
        "{}",
        nothing.words()
    );
}

#[actix_web::test]
async fn an_empty_field_is_the_proposed_bin_and_the_usual_one_is_proposed_first() {
    let store = Store::open().await;
    store.receives(3);
    let picker = store.shop.user().await;

    let form = asks(&picker, &store, "mug")
        .await
        .form("form[action='/put-away']");
    picker.submit_form(&form.with("quantity", "1")).await;
    assert_eq!(store.lie(), bins([("A-01", 1, 0), ("DOCK", 2, 0)]));
    let form = asks(&picker, &store, "mug")
        .await
        .form("form[action='/put-away']");
    let usual = form
        .with("quantity", "1")
        .with("location", "a-03")
        .with("is_usual", "true");
    picker.submit_form(&usual).await;

    let asked = asks(&picker, &store, "mug").await;
    assert!(asked.says("empty: A-03"), "{}", asked.words());
}

#[actix_web::test]
async fn what_cannot_be_is_said_beside_its_field_and_nothing_moves() {
    let store = Store::open().await;
    store.receives(3);
    let picker = store.shop.user().await;
    let form = asks(&picker, &store, "MUG")
        .await
        .form("form[action='/put-away']");

    let cases = [
        (
            "location",
            "NOWHERE",
            "No bin of this warehouse has this code or barcode.",
        ),
        (
            "location",
            "DOCK",
            "They lie in this bin already: choose another one.",
        ),
        ("quantity", "4", "4 cannot leave this bin: 3 lie there."),
        ("quantity", "0", "Enter at least 1."),
        (
            "location",
            "Q",
            "Only a manager puts goods into quarantine, or takes them out.",
        ),
    ];
    for (field, value, why) in cases {
        let tried = form.clone().without("key").with(field, value);
        let refused = picker.send(&tried).await;
        assert_eq!(refused.status(), 422, "{field} {value}");
        let refused = refused.page();
        assert_eq!(refused.field(field).error(), why, "{field} {value}");
    }
    assert_eq!(store.lie(), bins([("DOCK", 3, 0)]));
    let unknown = asks(&picker, &store, "NOTHING").await;
    assert_eq!(
        unknown.field("product").error(),
        "No product and no bin has this code."
    );
}

#[actix_web::test]
async fn where_no_warehouse_has_bins_the_page_says_so() {
    let store = Store::without_bins().await;

    let page = store.shop.user().await.page("/put-away").await;

    assert!(page.says("No warehouse has bins"));
}

#[actix_web::test]
async fn a_parcel_says_from_which_bins_and_a_picker_chooses_another() {
    let store = Store::open().await;
    let second = store.shop.location(store.main, "B-01", LocationKind::Shelf);
    let first = store.shop.location(store.main, "A-09", LocationKind::Shelf);
    store.finds(Some(second), 4).expect("found");
    store.finds(Some(first), 2).expect("found");
    let parcel = store.prepares(store.sells("SO-1", 1, 3));
    let picker = store.shop.user().await;
    let page = picker.page(&format!("/shipments/{parcel}")).await;
    let row = page
        .table("In this parcel")
        .rows
        .into_iter()
        .next()
        .expect("a row");
    assert_eq!(row.cell("Bins"), "1 in B-01, 2 in A-09 Another bin");

    let asked = picker.page(&page.link("Another bin")).await;
    let form = asked.form("form[action$='/bin']");
    let other = form
        .with("from", &first.to_string())
        .with("location", &second.to_string())
        .with("quantity", "2");
    picker.submit_form(&other).await;

    assert_eq!(store.lie(), bins([("A-09", 2, 0), ("B-01", 4, 3)]));
}

#[actix_web::test]
async fn an_admin_lets_a_warehouse_use_bins_and_a_correction_names_one() {
    let store = Store::without_bins().await;
    store.shop.has(&store.mug, 7);
    let admin = store.shop.admin().await;
    let page = admin
        .page(&format!("/warehouses/{}/bins", store.main))
        .await;
    admin.submit_form(&page.form("form[action$='/bins']")).await;
    assert_eq!(store.lie(), bins([("DOCK", 7, 0)]));

    let form = admin
        .page("/adjustments/new?product=MUG")
        .await
        .form("form[action='/adjustments']");
    let gone = form
        .with("location", "DOCK")
        .with("quantity", "-2")
        .with("note", "broken");
    admin.submit_form(&gone).await;

    assert_eq!(store.lie(), bins([("DOCK", 5, 0)]));
    let page = admin
        .page(&format!("/warehouses/{}/bins", store.main))
        .await;
    admin
        .submit_form(&page.form("form[action$='/no-bins']"))
        .await;
    assert_eq!(store.lie(), bins([]));
    assert_eq!(store.on_hand(), 5);
}

#[actix_web::test]
async fn movements_name_their_bins_and_a_day_nobody_can_mean_narrows_nothing() {
    let store = Store::open().await;
    store.receives(12);
    let picker = store.shop.user().await;
    let form = asks(&picker, &store, "MUG")
        .await
        .form("form[action='/put-away']");
    picker.submit_form(&form.with("quantity", "5")).await;

    let page = picker
        .page("/movements?from=-200000-01-01&to=999999-01-01")
        .await;

    let rows = page.table("Movements").rows;
    let put = rows.iter().find(|row| row.cell("Reason") == "Put-away");
    let put = put.expect("five are put away");
    assert_eq!(put.cell("From"), "MAIN DOCK");
    assert_eq!(put.cell("To"), "MAIN A-01");
    assert_eq!(put.cell("Level after"), "12");
}
