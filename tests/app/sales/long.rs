//! Orders of hundreds of lines, shown page by page.

use backfill::inventory::{self, KitEdit, Part};
use backfill::schema::mails;
use backfill::types::OrderId;
use diesel::prelude::*;

use super::desk::{Desk, units};
use crate::support::html::Page;

/// An order of two units each of so many products, of which the first ten lie there.
pub fn long_order(desk: &Desk, lines: usize) -> OrderId {
    let skus: Vec<String> = (1..=lines).map(|at| format!("P-{at:03}")).collect();
    for sku in &skus[..10] {
        desk.stock(sku, 2);
    }
    let lines: Vec<(&str, u32)> = skus.iter().map(|sku| (sku.as_str(), 2)).collect();
    desk.order("LONG", &lines, 70)
}

/// What the rows of the page are about.
fn products(page: &Page) -> Vec<String> {
    page.texts("[aria-label=Lines] td.name a[href^='/products/']")
}

fn pages(page: &Page) -> [Option<String>; 2] {
    ["prev", "next"].map(|rel| {
        page.attribute(
            &format!("[aria-label='Pages of lines'] a[rel={rel}]"),
            "href",
        )
    })
}

#[actix_web::test]
async fn a_long_order_is_shown_in_pages_and_its_sums_are_those_of_all_lines() {
    let desk = Desk::open().await;
    let path = format!("/orders/{}", long_order(&desk, 450));
    let browser = desk.shop.manager().await;

    let first = browser.page(&path).await;
    let last = browser.page(&format!("{path}?page=3")).await;

    let shown = products(&first);
    assert_eq!((shown.len(), shown[0].as_str()), (200, "P-011"));
    assert!(first.says("Lines 1 to 200 of 450"));
    assert_eq!(pages(&first), [None, Some("?page=2".into())]);
    let shown = products(&last);
    assert_eq!((shown.len(), shown[0].as_str()), (50, "P-411"));
    assert_eq!(
        shown[40..],
        (1..=10).map(|at| format!("P-{at:03}")).collect::<Vec<_>>()
    );
    assert_eq!(pages(&last), [Some("?page=2".into()), None]);
    for page in [&first, &last] {
        assert!(
            page.says("880 of 900 units are missing."),
            "{}",
            page.words()
        );
        assert!(
            page.text("[aria-label=Lines] tfoot")
                .contains("Total of all lines 900 880 9,000.00 EUR")
        );
        assert!(
            page.has("form[action='/shipments'] button"),
            "what lies there is prepared"
        );
    }
    let kept = last.attribute("#order", "hx-get");
    assert_eq!(kept, Some(format!("{path}?page=3")));
}

#[actix_web::test]
async fn a_long_order_is_narrowed_and_leafed_through_at_once() {
    let desk = Desk::open().await;
    let path = format!("/orders/{}", long_order(&desk, 450));
    let browser = desk.shop.user().await;
    let second = browser.page(&format!("{path}?page=2")).await;

    let narrowed = browser.page(&second.link("Missing only (440)")).await;
    let [_, next] = pages(&narrowed);
    let last = browser
        .page(&format!("{path}{}", next.expect("a third page")))
        .await;

    assert_eq!(
        products(&narrowed),
        products(&second),
        "what is missing comes first"
    );
    assert_eq!(products(&last).len(), 40);
    assert!(last.says("Lines 401 to 440 of 440"));
    assert!(last.says("880 of 900 units are missing."));
    let kept = last.attribute("#order", "hx-get");
    assert_eq!(kept, Some(format!("{path}?missing=yes&page=3")));
    assert_eq!(last.link("All lines (450)"), format!("{path}?page=3"));
}

#[actix_web::test]
async fn a_page_that_nobody_can_mean_is_the_first_and_one_behind_the_end_the_last() {
    let desk = Desk::open().await;
    let path = format!("/orders/{}", desk.order("LONG", &[("MUG", 1); 401], 0));
    let browser = desk.shop.user().await;
    let shown = async |path: &str, page: &str| {
        let page = browser.page(&format!("{path}?page={page}")).await;
        page.text(".pager span")
    };

    for path in [path.clone(), format!("{path}/edit")] {
        for page in ["", "abc", "0", "-1", "1"] {
            assert_eq!(shown(&path, page).await, "Lines 1 to 200 of 401", "{page}");
        }
        for page in ["3", "999999"] {
            assert_eq!(
                shown(&path, page).await,
                "Lines 401 to 401 of 401",
                "{page}"
            );
        }
    }
}

#[actix_web::test]
async fn parts_stay_with_their_kit_at_the_end_of_a_page() {
    let desk = Desk::open().await;
    let parts = [("LID", 1), ("POT", 1)].map(|(sku, each)| Part {
        product: desk.product(sku),
        quantity: units(each),
    });
    let edit = KitEdit {
        kit: desk.product("SET"),
        seen: inventory::mark_of_parts(&[]),
        parts: parts.into(),
    };
    desk.shop
        .write(|act| Ok(inventory::set_parts(act, std::slice::from_ref(&edit))?));
    let mut lines = vec![("CUP", 1); 199];
    lines.extend([("SET", 1), ("JUG", 1)]);
    let path = format!("/orders/{}", desk.order("LONG", &lines, 0));
    let browser = desk.shop.user().await;

    let first = browser.page(&path).await;
    let second = browser.page(&format!("{path}?page=2")).await;

    assert_eq!(products(&first)[198..], ["CUP", "SET", "LID", "POT"]);
    assert!(first.says("Lines 1 to 200 of 201"));
    assert_eq!(products(&second), ["JUG"]);
}

#[actix_web::test]
async fn a_long_order_takes_as_many_statements_as_a_short_one() {
    let desk = Desk::open().await;
    let orders = [
        desk.order("SHORT", &[("MUG", 1)], 0),
        desk.order("LONG", &[("MUG", 1); 401], 1),
    ];
    let browser = desk.shop.manager().await;

    for page in ["?page=2", "?missing=yes&page=2", "/edit?page=2"] {
        let mut counted = Vec::new();
        for order in orders {
            let path = format!("/orders/{order}{page}");
            counted.push(desk.shop.statements_of(browser.page(&path)).await.1);
        }
        assert_eq!(counted[0], counted[1], "{page}");
    }
}

#[actix_web::test]
async fn a_customer_is_told_of_all_that_is_missing_of_a_long_order() {
    let desk = Desk::open().await;
    let path = format!("/orders/{}", long_order(&desk, 450));
    let manager = desk.shop.manager().await;
    let draft = manager.page(&format!("{path}/message")).await;

    let form = draft.form("#message");
    let sent = manager
        .send(&form.with("recipients", "anna@home.example"))
        .await;

    assert_eq!(sent.location().as_deref(), Some(path.as_str()));
    let written: String = mails::table
        .select(mails::body_text)
        .filter(mails::recipients.eq("anna@home.example"))
        .first(&mut desk.shop.connect())
        .expect("it is kept");
    assert_eq!(written.matches("2 × ").count(), 440);
}
