//! Goods that should have been here: every page says so, and no customer is written a day that is over.

use backfill::purchasing;
use backfill::types::{OrderId, ProductId, PurchaseOrderId};
use chrono::{Days, NaiveDate, Utc};

use super::desk::Desk;
use crate::support::app::Shop;

fn ago(days: u64) -> NaiveDate {
    Utc::now().date_naive() - Days::new(days)
}

/// `late, was 22 Nov (3 days)`.
fn three_days_late() -> String {
    format!("late, was {} (3 days)", ago(3).format("%-d %b"))
}

/// An order of 5 with 2 reserved; the other 3 were due three days ago.
async fn late(shop: &Shop) -> (Desk, ProductId, OrderId, PurchaseOrderId) {
    let desk = Desk::of(shop);
    let mug = desk.product("MUG");
    desk.finds(mug, 2);
    let order = desk.order(1, &[(mug, 5)]);
    let purchase = desk.sent(&[(mug, 5)]);
    shop.write(|act| Ok(purchasing::confirm(act, purchase, ago(3))?));
    (desk, mug, order, purchase)
}

#[actix_web::test]
async fn a_line_whose_delivery_is_late_says_so_on_every_page_that_has_its_date() {
    let shop = Shop::open().await;
    let (desk, mug, order, purchase) = late(&shop).await;
    let manager = shop.manager().await;
    let line = desk.lines(order)[0].id;
    let main = desk.main();

    for page in [
        "/".to_owned(),
        "/orders".to_owned(),
        format!("/orders/{order}"),
        format!("/orders/{order}/lines/{line}/why"),
        "/preparation?tab=partial".to_owned(),
        format!("/replenishment/{main}/{mug}/orders"),
        format!("/products/{mug}/queue"),
        "/purchase-orders".to_owned(),
        format!("/purchase-orders/{purchase}"),
        format!("/purchase-orders/{purchase}/cancellation"),
    ] {
        let words = manager.page(&page).await.words();
        assert!(words.contains(&three_days_late()), "{page}: {words}");
    }
    for file in [
        "/orders.csv",
        "/preparation.csv?tab=partial",
        "/purchase-orders.csv",
    ] {
        let text = manager.get(file).await.text();
        assert!(text.contains(&three_days_late()), "{file}: {text}");
        assert!(!text.contains(&format!(",{},", ago(3))), "{file}: {text}");
    }
}

#[actix_web::test]
async fn an_order_is_late_with_one_of_its_lines_whenever_the_others_come() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let (mug, jug) = (desk.product("MUG"), desk.product("JUG"));
    let order = desk.order(1, &[(mug, 5), (jug, 1)]);
    let (mugs, jugs) = (desk.sent(&[(mug, 5)]), desk.sent(&[(jug, 1)]));
    let in_ten_days = Utc::now().date_naive() + Days::new(10);
    shop.write(|act| Ok(purchasing::confirm(act, mugs, ago(3))?));
    shop.write(|act| Ok(purchasing::confirm(act, jugs, in_ten_days)?));
    let reader = shop.user().await;

    let page = reader.page(&format!("/orders/{order}")).await;
    let expected = format!("Expected: {}", three_days_late());
    assert!(page.says(&expected), "{}", page.words());
    let tab = reader.page("/preparation?tab=backorder").await;
    let row = tab.table("Orders");
    assert_eq!(row.row("SO-000001").cell("Expected"), three_days_late());

    shop.write(|act| Ok(purchasing::confirm(act, mugs, Utc::now().date_naive())?));
    let page = reader.page(&format!("/orders/{order}")).await;
    let expected = format!("Expected: {}", in_ten_days.format("%-d %b %Y"));
    assert!(page.says(&expected), "{}", page.words());
}

#[actix_web::test]
async fn a_customer_is_told_that_goods_are_late_and_never_a_day_that_is_over() {
    let shop = Shop::open().await;
    let (_, _, order, purchase) = late(&shop).await;
    let user = shop.user().await;
    let message = format!("/orders/{order}/message");

    let text = user.page(&message).await.field("text").value().to_owned();
    assert!(
        text.contains(
            "3 × Product MUG: late, and we will write to you as soon as we know the new date\n"
        ),
        "{text}"
    );

    let next = Utc::now().date_naive() + Days::new(4);
    shop.write(|act| Ok(purchasing::confirm(act, purchase, next)?));
    let text = user.page(&message).await.field("text").value().to_owned();
    let told = format!("3 × Product MUG: {}\n", next.format("%-d %B %Y"));
    assert!(text.contains(&told), "{text}");
}
