//! The lines of a great order, narrowed to what is missing.

use super::desk::Desk;

/// An order with a line each of so many products, of which the last two are missing.
fn order_of(desk: &Desk, lines: usize) -> String {
    let skus: Vec<String> = (1..=lines).map(|at| format!("P-{at:02}")).collect();
    for sku in &skus[..lines - 2] {
        desk.stock(sku, 5);
    }
    let lines: Vec<(&str, u32)> = skus.iter().map(|sku| (sku.as_str(), 5)).collect();
    format!("/orders/{}", desk.order("A-1", &lines, 70))
}

#[actix_web::test]
async fn what_is_missing_comes_first() {
    let desk = Desk::open().await;
    let path = order_of(&desk, 4);
    desk.stock("P-03", 2);

    let page = desk.shop.user().await.page(&path).await;

    let products = page.texts("[aria-label=Lines] .name a[href^='/products/']");
    assert_eq!(products, ["P-04", "P-03", "P-01", "P-02"]);
    assert!(!page.says("Missing only"), "four lines are seen at once");
}

#[actix_web::test]
async fn more_than_twenty_lines_can_be_narrowed_and_the_address_says_so() {
    let desk = Desk::open().await;
    let path = order_of(&desk, 21);
    let browser = desk.shop.user().await;
    let page = browser.page(&path).await;
    assert!(page.says("All lines (21)"));

    let narrowed = browser.page(&page.link("Missing only (2)")).await;

    let lines = narrowed.text("[aria-label=Lines]");
    assert!(lines.contains("P-20") && lines.contains("P-21"), "{lines}");
    assert!(!lines.contains("P-19"), "{lines}");
    assert!(lines.contains("Total of all lines"), "{lines}");
    assert!(narrowed.says("10 of 105 units are missing."));
    let kept = narrowed.attribute("#order", "hx-get");
    assert_eq!(kept, Some(format!("{path}?missing=yes")));
    assert_eq!(narrowed.link("All lines (21)"), path);
}

#[actix_web::test]
async fn a_narrowed_order_that_lacks_nothing_any_more_says_so() {
    let desk = Desk::open().await;
    let path = order_of(&desk, 21);
    desk.stock("P-20", 5);
    desk.stock("P-21", 5);
    let browser = desk.shop.user().await;

    assert!(!browser.page(&path).await.says("Missing only"));
    let narrowed = browser.page(&format!("{path}?missing=yes")).await;

    assert!(narrowed.says("No line is missing any more."));
    assert_eq!(narrowed.link("All lines (21)"), path);
}
