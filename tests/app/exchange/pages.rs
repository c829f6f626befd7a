//! `/imports`, as the sales desk meets it.

use backfill::schema::orders;
use backfill::types::OrderId;
use diesel::prelude::*;

use super::reading::HEAD;
use crate::support::app::Shop;
use crate::support::html::Page;
use crate::support::requests::Browser;

pub async fn preview(browser: &Browser, content: &[u8]) -> Page {
    let form = browser.page("/imports").await.form("#upload");
    let fields: Vec<(&str, &str)> = form
        .fields
        .iter()
        .filter(|(name, _)| name != "file")
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let reply = browser
        .upload("/imports", &fields, ("file", "shop.csv", content))
        .await;
    browser.follow(&reply).await
}

fn order_count(shop: &Shop) -> i64 {
    shop.read(|conn| Ok(orders::table.count().get_result(conn)?))
}

#[actix_web::test]
async fn a_file_is_uploaded_looked_at_and_confirmed() {
    let shop = Shop::open().await;
    let browser = shop.manager().await;
    let file = format!(
        "{HEAD}\n1001,MUG,A mug,6,2026-11-20,2.55,17850,UK\n1002,MUG,A mug,-2,2026-11-20,2.55,17850,UK\n\
         C9,MUG,A mug,-2,2026-11-20,2.55,17850,UK\n"
    );

    let page = preview(&browser, file.as_bytes()).await;
    let refused = page.table("Refused lines");
    let refused = refused.row("1002");
    assert_eq!(refused.cell("Line"), "3");
    assert_eq!(
        refused.cell("Reason"),
        "The quantity is negative: a return or a correction, not an order."
    );
    assert!(
        page.says("C9 is a cancellation: not imported."),
        "{}",
        page.words()
    );
    assert_eq!(order_count(&shop), 0);

    let done = browser.submit_form(&page.form("#confirm")).await;
    assert!(done.says("1 order is imported."), "{}", done.words());
    assert_eq!(order_count(&shop), 1);

    let again = browser.submit_form(&page.form("#confirm")).await;
    assert!(again.says("Imported"));
    assert_eq!(order_count(&shop), 1);
}

#[actix_web::test]
async fn what_is_left_out_can_be_taken_away_as_csv() {
    let shop = Shop::open().await;
    let browser = shop.manager().await;
    let file = format!(
        "{HEAD}\n1001,MUG,=1+1,6,2026-11-20,2.55,17850,UK\n1002,,A mug,2,2026-11-20,2.55,17850,UK\n"
    );

    let page = preview(&browser, file.as_bytes()).await;
    let reply = browser
        .get(&page.link("All that is left out, as CSV"))
        .await;

    assert_eq!(reply.status(), 200);
    assert!(reply.text().contains("3,1002,"), "{}", reply.text());
    assert!(reply.text().contains("The SKU is missing."));
}

#[actix_web::test]
async fn an_order_can_be_taken_without_its_refused_lines() {
    let shop = Shop::open().await;
    let browser = shop.manager().await;
    let file = format!(
        "{HEAD}\n1001,MUG,A mug,6,2026-11-20,2.55,17850,UK\n1001,BOWL,A bowl,0,2026-11-20,2.55,17850,UK\n"
    );

    let page = preview(&browser, file.as_bytes()).await;
    assert!(
        page.says("No order of this file can be imported."),
        "{}",
        page.words()
    );
    let page = browser
        .submit_form(&page.form("#choices").with("without_refused", "true"))
        .await;
    browser.submit_form(&page.form("#confirm")).await;

    assert_eq!(order_count(&shop), 1);
}

#[actix_web::test]
async fn closed_orders_are_counted_and_imported_only_if_chosen() {
    let shop = Shop::open().await;
    let browser = shop.manager().await;

    let page = preview(&browser, include_bytes!("cases/status.csv")).await;
    assert!(page.says("5.00 EUR"), "{}", page.words());
    let table = page.table("Left out by status");
    assert_eq!(table.row("cancelled").cell("Units"), "4");
    assert_eq!(table.row("completed").cell("Units"), "2");
    assert!(page.says("Import 1 order"), "{}", page.words());

    let page = browser
        .submit_form(&page.form("#choices").with("with_closed", "true"))
        .await;
    assert!(page.says("Import 3 orders"), "{}", page.words());
    browser.submit_form(&page.form("#confirm")).await;
    assert_eq!(order_count(&shop), 3);
}

#[actix_web::test]
async fn a_discount_stands_on_the_order_and_in_its_total_until_it_is_given_up() {
    let shop = Shop::open().await;
    let browser = shop.manager().await;
    let page = preview(&browser, include_bytes!("cases/discount-line.csv")).await;
    browser.submit_form(&page.form("#confirm")).await;
    let id: OrderId = shop.read(|conn| {
        Ok(orders::table
            .filter(orders::number.eq("QDL-1"))
            .select(orders::id)
            .first(conn)?)
    });

    let page = browser.page(&format!("/orders/{id}")).await;
    assert!(page.says("Voucher welcome"), "{}", page.words());
    assert!(page.says("54.00 EUR"), "{}", page.words());

    shop.write(|act| Ok(backfill::sales::cancel(act, id, "not wanted")?));
    let page = browser.page(&format!("/orders/{id}")).await;
    assert!(!page.says("54.00 EUR"), "{}", page.words());
}

#[actix_web::test]
async fn what_is_no_file_of_orders_is_refused_beside_the_field() {
    let shop = Shop::open().await;
    let browser = shop.manager().await;
    let form = browser.page("/imports").await.form("#upload");
    let warehouse = form
        .fields
        .iter()
        .find(|(name, _)| name == "warehouse")
        .expect("a choice");
    let large = vec![b'a'; backfill::sheet::MOST_BYTES + 1];
    let cases: [(&[u8], &str); 4] = [
        (b"", "The file is empty."),
        (
            b"PK\x03\x04",
            "This is a workbook or an archive and not a CSV file.",
        ),
        (b"a,b\n1,2", "Missing: order_number, sku, quantity."),
        (&large, "at most 32 MB are read at once"),
    ];
    for (content, sentence) in cases {
        let fields = [("warehouse", warehouse.1.as_str())];
        let reply = browser
            .upload("/imports", &fields, ("file", "x.csv", content))
            .await;

        assert_eq!(reply.status(), 422, "{sentence}");
        assert!(
            reply.page().errors().join(" ").contains(sentence),
            "{}",
            reply.summary()
        );
    }
    let reply = browser.post("/imports", &[("warehouse", "1")]).await;
    assert!((400..500).contains(&reply.status()), "{}", reply.summary());
}

#[actix_web::test]
async fn the_real_file_fits_on_a_page() {
    let shop = Shop::open().await;
    let browser = shop.manager().await;

    let page = preview(
        &browser,
        include_bytes!("../../../src/demo/online-retail-orders.csv"),
    )
    .await;

    assert!(page.says("Import 423 orders"), "{}", page.words());
    assert_eq!(page.table("Refused lines").rows.len(), 45);
    assert_eq!(page.table("Documents left out").rows.len(), 44);
}

#[actix_web::test]
async fn a_page_of_refused_lines_that_nobody_has_is_empty() {
    let shop = Shop::open().await;
    let browser = shop.manager().await;
    let page = preview(&browser, include_bytes!("cases/status.csv")).await;
    let path = page.form("#confirm").action.replace("/confirmation", "");

    let beyond = browser.get(&format!("{path}?page={}", usize::MAX)).await;

    assert_eq!(beyond.status(), 200);
}
