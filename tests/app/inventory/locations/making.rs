//! One location, and many in a range.

use backfill::schema::barcodes;
use diesel::prelude::*;

use super::{known, range, walk};
use crate::support::app::Shop;
use crate::support::requests::{Browser, Reply};

async fn makes(admin: &Browser, fields: &[(&str, &str)]) -> Reply {
    let mut form = admin.page("/locations/new").await.form("form.form");
    for (name, value) in fields {
        form = form.with(name, value);
    }
    admin.htmx("").send(&form).await
}

#[actix_web::test]
async fn a_location_gets_its_barcode_and_its_place_in_the_walk() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;

    let first = makes(
        &admin,
        &[("code", "a-01-01"), ("zone", "Hall"), ("capacity", "40")],
    )
    .await;
    makes(
        &admin,
        &[
            ("code", "DOCK"),
            ("kind", "dock"),
            ("barcode", "dock 1"),
            ("walk", "5"),
        ],
    )
    .await;
    makes(&admin, &[("code", "A-01-02")]).await;

    let page = admin.follow(&first).await;
    assert_eq!(page.text("h1"), "A-01-01");
    let facts = page.texts(".facts dd");
    assert_eq!(
        facts,
        [
            "Main warehouse",
            "MAIN-A-01-01",
            "Shelf",
            "Hall",
            "10",
            "40 units"
        ]
    );
    assert!(page.says("Nothing lies there.") && page.says("Created"));
    assert_eq!(known(&shop, "DOCK").barcode, "dock 1");
    assert_eq!(
        walk(&shop),
        [
            ("DOCK".into(), 5),
            ("A-01-01".into(), 10),
            ("A-01-02".into(), 20)
        ]
    );
}

#[actix_web::test]
async fn what_cannot_be_printed_or_is_used_already_is_refused_beside_its_field() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.write(|act| {
        let barcode = (
            barcodes::code.eq("4006381333931"),
            barcodes::product_id.eq(mug.id),
        );
        Ok(diesel::insert_into(barcodes::table)
            .values(barcode)
            .execute(act.conn())?)
    });
    range(&shop, "A-01", "A-02");
    let admin = shop.admin().await;

    for (fields, field, why) in [
        (
            &[("code", "\u{c9}-01")][..],
            "code",
            "A barcode cannot hold \u{201c}\u{c9}\u{201d}",
        ),
        (&[("code", "")][..], "code", "This cannot be empty."),
        (
            &[("code", "a-01")][..],
            "code",
            "already used by another location",
        ),
        (
            &[("code", "B"), ("barcode", "MAIN-A-01")][..],
            "barcode",
            "already used by another location",
        ),
        (
            &[("code", "B"), ("barcode", "4006381333931")][..],
            "barcode",
            "already used by the product MUG",
        ),
        (
            &[("code", "B"), ("walk", "1000001")][..],
            "walk",
            "from 0 to 1,000,000",
        ),
        (
            &[("code", "B"), ("capacity", "0")][..],
            "capacity",
            "at least 1",
        ),
    ] {
        let reply = makes(&admin, fields).await;

        assert_eq!(reply.status(), 422, "{fields:?}");
        let page = reply.page();
        assert!(
            page.field(field).error().contains(why),
            "{fields:?}: {:?}",
            page.errors()
        );
    }
    assert_eq!(walk(&shop).len(), 2);
}

#[actix_web::test]
async fn a_range_is_seen_before_it_is_made() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;
    let form = admin.page("/locations/ranges/new").await.form("#range");

    let form = form
        .with("from", "a-01-01")
        .with("to", "a-04-20")
        .with("kind", "shelf");
    let query = serde_urlencoded::to_string(&form.fields).expect("text");
    let seen = admin
        .htmx("preview")
        .get(&format!("/locations/ranges/new?{query}"))
        .await;
    let page = admin
        .submit_form(&form.with("zone", "Hall").with("capacity", "12"))
        .await;

    let words = seen.page().words();
    assert!(words.contains("80 locations , 20 in an aisle"), "{words}");
    assert!(
        words.contains("A-01-01, A-01-02, A-01-03, A-01-04, A-01-05, …, A-04-20"),
        "{words}"
    );
    assert!(page.says("80 locations added."), "{}", page.words());
    let walk = walk(&shop);
    assert_eq!(
        (walk.len(), &walk[0], &walk[79]),
        (80, &("A-01-01".into(), 10), &("A-04-20".into(), 800))
    );
    let last = known(&shop, "A-04-20");
    assert_eq!(
        (last.zone.as_str(), last.barcode.as_str()),
        ("Hall", "MAIN-A-04-20")
    );
}

#[actix_web::test]
async fn every_second_aisle_is_walked_backwards_where_that_is_chosen() {
    let shop = Shop::open().await;
    range(&shop, "DOCK", "DOCK");
    let admin = shop.admin().await;

    let form = admin.page("/locations/ranges/new").await.form("#range");
    let form = form
        .with("from", "A1")
        .with("to", "C2")
        .with("serpentine", "true");
    admin.submit_form(&form).await;

    let codes: Vec<String> = walk(&shop).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes.join(" "), "DOCK A1 A2 B2 B1 C1 C2");
}

#[actix_web::test]
async fn locations_that_are_there_already_are_named_or_left_as_they_are() {
    let shop = Shop::open().await;
    range(&shop, "A-02", "A-06");
    let admin = shop.admin().await;
    let form = admin.page("/locations/ranges/new").await.form("#range");
    let form = form.with("from", "A-01").with("to", "A-08");

    let query = serde_urlencoded::to_string(&form.fields).expect("text");
    let seen = admin
        .htmx("preview")
        .get(&format!("/locations/ranges/new?{query}"))
        .await;
    let refused = admin.htmx("").send(&form.clone().without("key")).await;
    let made = admin
        .submit_form(&form.clone().without("key").with("existing", "skip"))
        .await;
    let again = admin
        .htmx("")
        .send(&form.without("key").with("existing", "skip"))
        .await;

    assert!(
        seen.page().says("5 locations there already:"),
        "{}",
        seen.page().words()
    );
    assert_eq!(refused.status(), 422);
    assert_eq!(
        refused.page().field("existing").error(),
        "There already: A-02, A-03, A-04 and 2 more. Leave them out, or choose other codes."
    );
    assert!(
        made.says("3 locations added, 5 left as they were."),
        "{}",
        made.words()
    );
    assert_eq!(
        again.page().field("existing").error(),
        "All of these are there already."
    );
    assert_eq!(walk(&shop).len(), 8);
}

#[actix_web::test]
async fn a_range_of_no_sense_is_refused_as_typed() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;
    let form = admin.page("/locations/ranges/new").await.form("#range");

    for (from, to, why) in [
        ("A-01", "B", "same shape"),
        ("A-09", "A-01", "09 comes after 01"),
        ("A-0001", "A-9999", "at most 5,000"),
    ] {
        let form = form
            .clone()
            .without("key")
            .with("from", from)
            .with("to", to);
        let reply = admin.htmx("").send(&form).await;

        assert_eq!(reply.status(), 422, "{from} to {to}");
        let page = reply.page();
        assert!(
            page.field("to").error().contains(why),
            "{:?}",
            page.errors()
        );
        assert_eq!(page.field("from").value(), from);
    }
    assert!(walk(&shop).is_empty());
}

#[actix_web::test]
async fn five_thousand_locations_are_made_in_a_few_statements() {
    let shop = Shop::open().await;
    let few = shop
        .statements_of(async { range(&shop, "A-0001", "A-0003") })
        .await
        .1;

    let many = shop
        .statements_of(async { range(&shop, "B-0001", "B-5000") })
        .await
        .1;

    assert_eq!(few, many);
    assert_eq!(walk(&shop).len(), 5_003);
}
