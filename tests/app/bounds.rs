//! What is too much to be written down is refused when it is asked for.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::support::app::Shop;
use crate::support::html::{Form, Page};

/// The order form with one line typed into it.
fn one_line(page: &Page, quantity: &str, price: &str) -> Form {
    page.form("#order-form")
        .with_in_row(0, "sku", "MUG")
        .with_in_row(0, "quantity", quantity)
        .with_in_row(0, "price", price)
}

#[actix_web::test]
async fn a_line_that_nobody_can_pay_is_refused_beside_it_and_every_page_still_answers() {
    let shop = Shop::open().await;
    shop.new_product("MUG");
    shop.new_customer("ADA");
    let manager = shop.manager().await;
    let page = manager.page("/orders/new?customer=ADA").await;

    let refused = manager
        .send(&one_line(&page, "1000000", "1000000000"))
        .await;
    let placed = manager
        .submit_form(&one_line(&page, "1000000", "1000000"))
        .await;

    assert_eq!(refused.status(), 422);
    let sentence = "1000000 \u{d7} 1,000,000,000.00 is more than a document can come to \
                    (1,000,000,000,000.00).";
    assert_eq!(refused.page().field("quantity").error(), sentence);
    assert!(
        placed.says("1,000,000,000,000.00 EUR"),
        "{}",
        placed.words()
    );
    for path in ["/", "/orders", "/purchase-orders", "/replenishment"] {
        assert_eq!(manager.get(path).await.status(), 200, "{path}");
    }
}

#[actix_web::test]
async fn a_draft_that_nobody_can_pay_is_refused_beside_its_line() {
    let shop = Shop::open().await;
    let (mug, mills) = (shop.new_product("MUG"), shop.new_supplier("MILLS"));
    let draft = shop.drafts(&mills, &mug, 5);
    let buyer = shop.manager().await;
    let page = buyer.page(&draft.path()).await;
    let boxes = page.form("#edit").fields;
    let named = |prefix: &str| {
        let name = boxes.iter().map(|(name, _)| name);
        name.clone()
            .find(|name| name.starts_with(prefix))
            .expect("a box")
            .clone()
    };
    let (qty, price) = (named("qty-"), named("price-"));

    let form = page.form("#edit");
    let form = form.with(&qty, "1000000").with(&price, "1000000000");
    let refused = buyer.htmx("edit").send(&form).await;

    assert_eq!(refused.status(), 422);
    assert!(
        refused
            .page()
            .field(&qty)
            .error()
            .contains("more than a document")
    );
    assert_eq!(buyer.get("/purchase-orders").await.status(), 200);
}

#[actix_web::test]
async fn what_many_documents_come_to_together_is_no_page_that_fails() {
    #[derive(QueryableByName)]
    struct Sum {
        #[diesel(sql_type = BigInt)]
        sum: i64,
    }
    let shop = Shop::open().await;

    let sum = |many: i64| {
        let one = 10_000_000_000_000_000_i64;
        let statement =
            format!("select as_money(sum({one}::bigint)) from generate_series(1, {many})");
        let sum: Sum = shop.read(|conn| {
            Ok(diesel::sql_query(format!("select ({statement}) as sum")).get_result(conn)?)
        });
        sum.sum
    };

    assert_eq!(sum(900), 9_000_000_000_000_000_000);
    assert_eq!(sum(1_000), i64::MAX);
}
