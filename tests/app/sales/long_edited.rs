//! Orders of hundreds of lines, changed page by page.

use std::collections::BTreeMap;

use backfill::types::{OrderId, OrderLineId};

use super::desk::Desk;
use super::long::long_order;
use crate::support::html::Form;
use crate::support::requests::Browser;

/// Boxes of one row of the form.
const BOXES: usize = 5;

/// The form of a page of the lines of an order.
async fn form(browser: &Browser, order: OrderId, page: usize) -> Form {
    let path = format!("/orders/{order}/edit?page={page}");
    browser.page(&path).await.form("#order-form")
}

/// The form without one of its rows, counted from 0.
fn without_row(mut form: Form, row: usize) -> Form {
    let lines = form.fields.iter().enumerate();
    let mut lines = lines.filter(|(_, (name, _))| name == "line");
    let (at, _) = lines.nth(row).expect("a row");
    form.fields.drain(at..at + BOXES);
    form
}

/// Units wanted of each line.
fn wanted(desk: &Desk, order: OrderId) -> BTreeMap<OrderLineId, u32> {
    let lines = desk.lines(order);
    lines
        .iter()
        .map(|line| (line.id, line.wanted().get()))
        .collect()
}

/// Those of the lines that had another number of units before, or were not there.
fn changed(
    before: &BTreeMap<OrderLineId, u32>,
    now: BTreeMap<OrderLineId, u32>,
) -> Vec<(OrderLineId, u32)> {
    now.into_iter()
        .filter(|(line, units)| before.get(line) != Some(units))
        .collect()
}

#[actix_web::test]
async fn a_page_that_is_saved_changes_its_own_lines_and_no_others() {
    let desk = Desk::open().await;
    let order = long_order(&desk, 450);
    desk.product("EXTRA");
    let (lines, before) = (desk.lines(order), wanted(&desk, order));
    let browser = desk.shop.manager().await;

    let form = form(&browser, order, 2).await;
    let form = without_row(form, 1)
        .with_in_row(0, "quantity", "5")
        .with_in_row(199, "sku", "EXTRA")
        .with_in_row(199, "quantity", "3")
        .with("giving_up", "sold out");
    let saved = browser.submit_form(&form).await;

    let added = desk.lines(order)[450].id;
    let now = changed(&before, wanted(&desk, order));
    assert_eq!(now, [(lines[200].id, 5), (lines[201].id, 0), (added, 3)]);
    assert!(saved.says("P-201: 5 instead of 2"), "{}", saved.words());
    assert_eq!(desk.looks(order).len(), 451);
}

#[actix_web::test]
async fn a_new_line_leaves_its_like_on_another_page_alone() {
    let desk = Desk::open().await;
    let order = long_order(&desk, 450);
    let before = wanted(&desk, order);
    let browser = desk.shop.user().await;

    let form = form(&browser, order, 2).await;
    let form = form
        .with_in_row(200, "sku", "P-001")
        .with_in_row(200, "quantity", "7");
    browser.submit_form(&form).await;

    let added = desk.lines(order)[450].id;
    let now = changed(&before, wanted(&desk, order));
    assert_eq!(
        now,
        [(added, 7)],
        "nobody but a manager may cancel, and nobody did"
    );
}

#[actix_web::test]
async fn what_is_wrong_on_a_page_comes_back_on_it_as_it_was_typed() {
    let desk = Desk::open().await;
    let order = long_order(&desk, 450);
    let (lines, before) = (desk.lines(order), wanted(&desk, order));
    let browser = desk.shop.manager().await;
    let form = form(&browser, order, 2).await;
    let form = without_row(form, 1)
        .with_in_row(0, "quantity", "five")
        .with_in_row(199, "sku", "P-001")
        .with_in_row(199, "quantity", "1")
        .with("giving_up", "sold out");

    let refused = browser.htmx("order-form").send(&form).await;

    assert_eq!(refused.status(), 422);
    let page = refused.page();
    assert!(page.text("#error-quantity-0").contains("whole number"));
    assert_eq!(page.text(".pager span"), "Lines 201 to 400 of 450");
    let others = format!("/orders/{order}/edit?page=3");
    assert_eq!(page.attribute(".pager a[rel=next]", "href"), Some(others));
    assert!(
        page.has("form[data-changed]"),
        "it is not left without a question"
    );
    let again = page.form("#order-form");
    let rows_and_head = |form: &Form| {
        let fields = form.fields.iter();
        let boxes = fields.filter(|(name, _)| name != "key" && name != "giving_up");
        boxes.cloned().collect::<Vec<_>>()
    };
    // Behind what was typed stands a row to go on with.
    assert!(rows_and_head(&again).starts_with(&rows_and_head(&form)));
    assert_eq!(page.field("giving_up").value(), "sold out");

    browser
        .submit_form(&again.with_in_row(0, "quantity", "5"))
        .await;
    let added = desk.lines(order)[450].id;
    let now = changed(&before, wanted(&desk, order));
    assert_eq!(now, [(lines[200].id, 5), (lines[201].id, 0), (added, 1)]);
}

#[actix_web::test]
async fn all_lines_of_a_page_may_go_as_long_as_others_stay() {
    let desk = Desk::open().await;
    let order = desk.order("LONG", &[("MUG", 1); 201], 0);
    let browser = desk.shop.manager().await;
    let last = without_row(form(&browser, order, 2).await, 0).with("giving_up", "one too many");

    browser.submit_form(&last).await;

    let gone = desk
        .lines(order)
        .into_iter()
        .filter(|line| line.wanted().is_zero());
    assert_eq!(gone.map(|line| line.line_number).collect::<Vec<_>>(), [201]);
    let mut all = form(&browser, order, 1)
        .await
        .with("giving_up", "nothing left");
    for _ in 0..200 {
        all = without_row(all, 0);
    }
    let refused = browser.send(&all).await;
    assert_eq!(refused.status(), 422);
    assert_eq!(
        refused.page().text("#error-lines"),
        "An order has at least one line."
    );
}

/// How many times the form its answer is: as HTML, and as it is sent to a browser. It must be refused.
async fn times_the_form(browser: &Browser, form: &Form) -> [usize; 2] {
    let body = serde_urlencoded::to_string(&form.fields);
    let sent = body.expect("fields are text").len();
    let packing = browser.with_header("Accept-Encoding", "gzip");
    let mut times = [0; 2];
    for (at, browser) in [browser, &packing].into_iter().enumerate() {
        let answer = browser.send(form).await;
        assert_eq!(answer.status(), 422);
        times[at] = answer.bytes().len().div_ceil(sent);
    }
    times
}

#[actix_web::test]
async fn the_answer_to_a_bad_form_stays_in_proportion() {
    let desk = Desk::open().await;
    for at in 1..=9 {
        desk.shop.warehouse(&format!("STORE-{at}"));
    }
    desk.customer("Ada Lovelace");
    let order = long_order(&desk, 200);
    let browser = desk.shop.manager().await.htmx("order-form");

    let page = form(&browser, order, 1).await;
    let one_wrong = page.with_in_row(99, "quantity", "five");
    let [of_one, sent_of_one] = times_the_form(&browser, &one_wrong).await;
    let page = browser.page("/orders/new?customer=ADA-LOVELACE").await;
    let mut all_wrong = page.form("#order-form");
    for at in 4..500 {
        let row = [
            ("line", String::new()),
            ("sku", format!("P-{at:03}")),
            ("quantity", "five".into()),
            ("price", "10".into()),
            ("warehouse", desk.main.to_string()),
        ];
        let row = row.map(|(name, value)| (name.to_owned(), value));
        all_wrong.fields.extend(row);
    }
    let [of_all, sent_of_all] = times_the_form(&browser, &all_wrong).await;

    assert!(sent_of_one <= 2 && sent_of_all <= 2);
    assert!(of_one <= 20 && of_all <= 32, "a row is longer than it was");
}
