//! Nobody cancels by editing: fewer units are cancelled ones, with a reason, by those who may.

use backfill::sales;
use backfill::types::{Money, OrderId};

use super::by_hand::with_lines;
use super::desk::{Desk, units};
use crate::support::html::Page;

/// Ordered and cancelled units of the lines of an order.
fn ordered_and_cancelled(desk: &Desk, order: OrderId) -> Vec<(u32, u32)> {
    let lines = desk.lines(order);
    let of = |line: &sales::OrderLine| (line.ordered.get(), line.cancelled.get());
    lines.iter().map(of).collect()
}

fn error(page: &Page, field: &str) -> String {
    page.text(&format!("#error-{field}"))
}

#[actix_web::test]
async fn who_may_not_cancel_cannot_lower_a_line_take_it_out_or_give_it_away() {
    let desk = Desk::open().await;
    let order = desk.order("A-1", &[("MUG", 5), ("CUP", 2)], 0);
    let browser = desk.shop.user().await;
    let page = browser.page(&format!("/orders/{order}/edit")).await;
    assert!(!page.has("[name=giving_up]"));
    let typed = |mug: &str| with_lines(&page, &[("MUG", mug), ("CUP", "2")]);

    let mut free = typed("5");
    let prices = free.fields.iter_mut().filter(|(name, _)| name == "price");
    prices.take(1).for_each(|(_, price)| *price = "0".into());
    let mut without = typed("5");
    let cup = without
        .fields
        .iter()
        .rposition(|(name, value)| name == "line" && !value.is_empty());
    let cup = cup.expect("the line of the cup");
    without.fields.drain(cup..cup + 5);
    let mut forms = [typed("0"), typed("4"), free, without];
    for form in &mut forms {
        form.fields.push(("giving_up".into(), "I say so".into()));
    }

    let [to_nothing, lower, free, without] = forms;
    for (form, field, sentence) in [
        (to_nothing, "quantity-0", "at least 5"),
        (lower, "quantity-0", "Only a manager may cancel units"),
        (free, "price-0", "the price stays above 0"),
        (without, "lines", "cannot be taken out"),
    ] {
        let refused = browser.send(&form.with("note", "by the door")).await;
        assert_eq!(refused.status(), 422, "{field}");
        let page = refused.page();
        assert!(error(&page, field).contains(sentence), "{}", page.words());
        assert_eq!(page.field("note").value(), "by the door");
    }
    assert_eq!(ordered_and_cancelled(&desk, order), [(5, 0), (2, 0)]);
    assert_eq!(
        desk.order_now(order).total,
        Money::parse("70").expect("money")
    );
    let raised = browser.submit_form(&typed("7")).await;
    assert!(raised.says("MUG: 7 instead of 5"));
}

#[actix_web::test]
async fn who_may_cancel_says_why_and_the_history_keeps_it() {
    let desk = Desk::open().await;
    let order = desk.order("A-1", &[("MUG", 5)], 0);
    let browser = desk.shop.manager().await;
    let page = browser.page(&format!("/orders/{order}/edit")).await;
    let form = with_lines(&page, &[("MUG", "3")]);

    let silent = browser.send(&form).await;
    assert_eq!(silent.status(), 422);
    let silent = silent.page();
    assert!(silent.field("giving_up").error().contains("say why"));
    assert_eq!(
        silent.attribute("#quantity-0", "value").as_deref(),
        Some("3")
    );

    let saved = browser
        .submit_form(&form.with("giving_up", "sold out"))
        .await;
    assert!(
        saved.says("MUG: 3 instead of 5: sold out"),
        "{}",
        saved.words()
    );
    assert_eq!(
        saved.table("Lines").row("MUG").cell("Ordered"),
        "5 2 cancelled"
    );
    assert_eq!(ordered_and_cancelled(&desk, order), [(5, 2)]);
}

#[actix_web::test]
async fn raising_takes_back_what_was_cancelled_first() {
    let desk = Desk::open().await;
    let order = desk.order("A-1", &[("MUG", 10)], 0);
    let wanted = |wanted| desk.edit(order, |input| input.lines[0].wanted = units(wanted));

    wanted(7);
    assert_eq!(ordered_and_cancelled(&desk, order), [(10, 3)]);
    wanted(8);
    assert_eq!(ordered_and_cancelled(&desk, order), [(10, 2)]);
    wanted(10);
    assert_eq!(ordered_and_cancelled(&desk, order), [(10, 0)]);
    wanted(12);
    assert_eq!(ordered_and_cancelled(&desk, order), [(12, 0)]);

    let page = desk
        .shop
        .user()
        .await
        .page(&format!("/orders/{order}"))
        .await;
    for each in [
        "7 instead of 10",
        "8 instead of 7",
        "10 instead of 8",
        "12 instead of 10",
    ] {
        assert!(page.says(each), "{each}");
    }
}

#[actix_web::test]
async fn a_line_that_was_given_up_is_the_one_that_is_asked_for_again() {
    let desk = Desk::open().await;
    let lyon = desk.shop.warehouse("LYON");
    let order = desk.order("A-1", &[("MUG", 10), ("CUP", 1)], 0);
    desk.edit(order, |input| {
        input.lines.remove(0);
    });
    assert_eq!(ordered_and_cancelled(&desk, order), [(10, 10), (1, 0)]);
    desk.stock("MUG", 20);

    let mut again = desk.new_line("MUG", 13);
    desk.edit(order, |input| input.lines.push(again.clone()));
    assert_eq!(ordered_and_cancelled(&desk, order), [(13, 0), (1, 0)]);
    assert_eq!(desk.reserved(order), [13, 0]);

    again.warehouse = Some(lyon);
    desk.edit(order, |input| input.lines[0] = again);
    assert_eq!(ordered_and_cancelled(&desk, order), [(13, 0), (1, 0)]);
    assert_eq!(desk.reserved(order), [0, 0]);
}
