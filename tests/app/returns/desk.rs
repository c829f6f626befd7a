//! The desk: whatever stands on the parcel is scanned, then what is in it.

use backfill::schema::{orders, shipments};
use diesel::prelude::*;

use super::Story;

#[actix_web::test]
async fn whatever_stands_on_a_parcel_opens_the_return_or_the_form_of_a_new_one() {
    let story = Story::begin().await;
    story.shop.write(|act| {
        diesel::update(orders::table.find(story.left))
            .set(orders::external_reference.eq("WEB-9"))
            .execute(act.conn())?;
        Ok(())
    });
    let (order, parcel): (String, String) = story.shop.read(|conn| {
        let order = orders::table.find(story.left).select(orders::number);
        let parcel = shipments::table
            .find(story.parcel)
            .select(shipments::number);
        Ok((order.first(conn)?, parcel.first(conn)?))
    });
    let manager = story.shop.manager().await;
    let new = format!("/returns/new?order={}", story.left);
    let codes = [parcel.as_str(), "track-77", order.as_str(), "WEB-9"];

    for code in codes {
        let opened = manager.post("/returns/desk", &[("code", code)]).await;
        assert_eq!(opened.location().as_deref(), Some(new.as_str()), "{code}");
    }
    story.announces(&manager, 1).await;
    for code in codes.into_iter().chain(["RT-1"]) {
        let opened = manager.post("/returns/desk", &[("code", code)]).await;
        assert_eq!(opened.location().as_deref(), Some("/returns/1"), "{code}");
    }
}

#[actix_web::test]
async fn an_unknown_code_is_said_beside_the_field_which_keeps_the_focus() {
    let story = Story::begin().await;
    let manager = story.shop.manager().await;

    let unknown = manager
        .htmx("")
        .post("/returns/desk", &[("code", "NOBODY")])
        .await;

    assert_eq!(unknown.status(), 422, "{}", unknown.text());
    let page = unknown.page();
    assert!(page.says("Not opened: NOBODY"), "{}", page.words());
    assert_eq!(
        page.field("code").error(),
        "No parcel, order or return is called so."
    );
    assert!(page.has("[name=code][autofocus]"), "{}", unknown.text());
    let number: String = story.shop.read(|conn| {
        let waiting = orders::table.find(story.waiting);
        Ok(waiting.select(orders::number).first(conn)?)
    });
    let nothing = manager.post("/returns/desk", &[("code", &number)]).await;
    assert_eq!(nothing.status(), 422, "{}", nothing.text());
    assert!(
        nothing.page().says("left that could come back"),
        "{}",
        nothing.text()
    );
}

#[actix_web::test]
async fn each_product_that_is_scanned_counts_a_good_unit_beside_what_was_typed() {
    let story = Story::begin().await;
    story.desk.product("JUG");
    let manager = story.shop.manager().await;
    let asked = manager
        .page(&format!("/returns/new?order={}", story.left))
        .await;
    let page = manager
        .submit_form(&asked.form("#announce").with("code", "mug"))
        .await;
    assert!(page.says("1 unit counted"), "{}", page.words());
    assert!(page.has("[name=code][autofocus]"), "{}", page.words());
    let damaged = story.field("damaged");
    let scans = |code: &'static str, more: &'static str| {
        let (manager, damaged) = (manager.htmx("returning"), damaged.clone());
        let good = story.field("good");
        async move {
            let fields = [
                ("code", code),
                (good.as_str(), "1"),
                (damaged.as_str(), more),
            ];
            manager.post("/returns/1/scans", &fields).await
        }
    };

    let counted = scans("MUG", "1").await;
    assert_eq!(counted.status(), 200, "{}", counted.text());
    let part = counted.page();
    assert_eq!(part.field(&story.field("good")).value(), "2");
    assert_eq!(part.field(&damaged).value(), "1");
    let full = scans("MUG", "2").await;
    assert_eq!(full.status(), 422, "{}", full.text());
    assert_eq!(
        full.page().field("code").error(),
        "Only 3 of MUG left and did not come back."
    );
    for (code, why) in [
        ("JUG", "is not in"),
        ("4006381333931", "No product has this SKU or barcode."),
    ] {
        let refused = scans(code, "").await;
        assert_eq!(refused.status(), 422, "{}", refused.text());
        let page = refused.page();
        assert!(page.field("code").error().contains(why), "{}", page.words());
    }
    assert_eq!(story.came_back(), 0, "nothing moves before it is received");
}
