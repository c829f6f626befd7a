//! Days and times of day are the company's.

use backfill::catalog;
use backfill::db::Who;
use backfill::stock::Place;
use backfill::types::Zone;
use chrono::{DateTime, Utc};

use crate::support::app::Shop;
use crate::support::counting::find;

/// In Tokyo it is nine hours later: the evening of the 23rd is the morning of the 24th.
const EVENING: &str = "2026-11-23T20:30:00Z";

fn evening() -> DateTime<Utc> {
    EVENING.parse().expect("an instant")
}

async fn in_tokyo(shop: &Shop) {
    let admin = shop.admin().await;
    let form = admin.page("/settings").await.form("#company-form");
    admin
        .submit_form(&form.with("time_zone", "Asia/Tokyo"))
        .await;
}

#[actix_web::test]
async fn what_happened_is_told_and_looked_for_in_the_time_of_the_company() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let place = Place::new(shop.primary_warehouse().id, mug.id);
    shop.write_as(Who::BACKFILL.at(evening()), |act| find(act, place, 4));
    let user = shop.user().await;
    let on = |day: &str| format!("/movements?from={day}&to={day}");

    let before = user.page("/movements").await;
    in_tokyo(&shop).await;
    let after = user.page("/movements").await;
    let of_the_23rd = user.page(&on("2026-11-23")).await;
    let of_the_24th = user.page(&on("2026-11-24")).await;

    assert_eq!(before.rows()[0].cell("When"), "23 Nov 2026, 20:30");
    assert_eq!(after.rows()[0].cell("When"), "24 Nov 2026, 05:30");
    assert_eq!(of_the_23rd.rows().len(), 0);
    assert_eq!(of_the_24th.rows().len(), 1);
}

#[actix_web::test]
async fn the_zone_is_that_of_the_machine_until_somebody_chooses_one() {
    let shop = Shop::open().await;
    let zone = || shop.read(|conn| Ok(catalog::zone(conn)?));

    shop.write(|act| Ok(catalog::settle_zone(act)?));
    let at_first = zone();
    in_tokyo(&shop).await;
    shop.write(|act| Ok(catalog::settle_zone(act)?));
    let at_the_second_start = zone();

    assert_eq!(at_first, Zone::of_machine());
    assert_eq!(at_the_second_start.name(), "Asia/Tokyo");
}

#[actix_web::test]
async fn a_zone_that_is_none_is_refused_beside_its_field() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;

    let form = admin.page("/settings").await.form("#company-form");
    let refused = admin.send(&form.with("time_zone", "Europe/Atlantis")).await;

    assert_eq!(refused.status(), 422);
    assert_eq!(
        refused.page().field("time_zone").error(),
        "Choose a time zone of the list."
    );
}
