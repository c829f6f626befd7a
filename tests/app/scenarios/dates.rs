//! Dates given to customers, and how they move.

use backfill::purchasing;
use chrono::{Days, NaiveDate, Utc};

use super::desk::Desk;
use crate::support::app::Shop;

fn day(days: u64) -> NaiveDate {
    Utc::now().date_naive() + Days::new(days)
}

fn shown(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

#[actix_web::test]
async fn a_date_that_slips_is_kept_with_its_cause_and_its_order_is_listed() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let (mug, jug) = (desk.product("MUG"), desk.product("JUG"));
    let slipped = desk.order(1, &[(mug, 5)]);
    let in_time = desk.order(2, &[(jug, 2)]);
    let (mugs, _) = (desk.sent(&[(mug, 5)]), desk.sent(&[(jug, 2)]));
    let confirm = |purchase, date| {
        shop.write(|conn| Ok(purchasing::confirm(conn, purchase, date, None, Utc::now())?))
    };
    confirm(mugs, day(10));

    confirm(mugs, day(20));

    let user = shop.user().await;
    let page = user.page(&format!("/orders/{slipped}")).await;
    let moves = page.texts(".timeline li");
    let latest = format!("MUG {} → {} Purchase order", shown(day(10)), shown(day(20)));
    assert!(moves[0].starts_with(&latest), "{moves:?}");
    assert!(moves[0].contains("PO-000001"), "{moves:?}");
    assert!(moves[2].starts_with("MUG not on order →"), "{moves:?}");

    let list = user.page("/orders?missing=slipped").await;
    let numbers = list.texts("tbody .row-link");
    assert_eq!(numbers.len(), 1, "{numbers:?}");
    let path = |order| format!("/orders/{order}");
    assert_eq!(
        list.attributes("tbody .row-link", "href"),
        [path(slipped)],
        "not {}",
        path(in_time)
    );
}

#[actix_web::test]
async fn a_date_is_lost_with_its_purchase_order_and_none_slips_once_the_goods_are_there() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    let order = desk.order(1, &[(mug, 5)]);
    let purchase = desk.sent(&[(mug, 5)]);
    shop.write(|conn| {
        Ok(purchasing::cancel(
            conn,
            purchase,
            "Out of print",
            None,
            Utc::now(),
        )?)
    });
    let user = shop.user().await;

    let page = user.page(&format!("/orders/{order}")).await;
    assert!(
        page.texts(".timeline li")[0].contains("→ not on order Purchase order"),
        "{}",
        page.words()
    );
    let listed = user.page("/orders?missing=slipped").await;
    assert_eq!(listed.texts("tbody .row-link").len(), 1);

    desk.finds(mug, 5);
    let listed = user.page("/orders?missing=slipped").await;
    assert_eq!(listed.texts("tbody .row-link").len(), 0);
}
