//! A line goes before all others by hand: what that would do, what it does, and back.

use backfill::stock::{self, Pinning};
use backfill::types::OrderLineId;
use chrono::Utc;

use crate::scenarios::desk::Desk;
use crate::support::app::Shop;

/// Two orders of 5 on a product of which 5 are there: the path of the second one's pin, and its line.
async fn second_in_line(desk: &Desk) -> (String, OrderLineId) {
    let mug = desk.product("MUG");
    desk.finds(mug, 5);
    let first = desk.order(1, &[(mug, 5)]);
    let second = desk.order(2, &[(mug, 5)]);
    assert_eq!(
        (desk.reserved(first), desk.reserved(second)),
        (vec![5], vec![0])
    );
    let line = desk.lines(second)[0].id;
    (format!("/products/{mug}/queue/{line}/pin"), line)
}

#[actix_web::test]
async fn what_a_pin_would_do_is_shown_and_nothing_is_done_before_it_is_applied() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let (path, _) = second_in_line(&desk).await;
    let manager = shop.manager().await;

    let page = manager.page(&path).await;

    let effects = page.table("What it would do");
    assert_eq!(effects.row("SO-000001").cell("Now"), "reserved");
    assert_eq!(
        effects.row("SO-000001").cell("Then"),
        "loses: 0 of 5, rest not on order"
    );
    assert_eq!(effects.row("SO-000002").cell("Then"), "gains: reserved");
    let again = manager.page(&path).await;
    assert_eq!(again.table("What it would do").rows.len(), 2);

    let refused = manager.send(&page.form("form[action$=pin]")).await;
    assert_eq!(refused.status(), 422);
    assert!(!refused.page().field("reason").error().is_empty());

    let form = page.form("form[action$=pin]").with("reason", "A wedding");
    manager.submit_form(&form).await;
    let order = manager.page("/orders/2").await;
    assert!(order.says("Pinned MUG"), "{}", order.words());
    assert!(order.says("Priority: A wedding"), "{}", order.words());
    let back = manager.page(&path).await;
    assert_eq!(
        back.table("What it would do").row("SO-000001").cell("Then"),
        "gains: reserved"
    );

    let twice = manager.send(&form.without("key")).await;
    assert_eq!(twice.status(), 409, "{}", twice.summary());
}

#[actix_web::test]
async fn the_preview_is_what_happens_and_unpinning_undoes_it() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let (_, line) = second_in_line(&desk).await;
    let manager = shop.person(backfill::web::Role::Manager).id;
    let preview = shop.read(|conn| Ok(stock::preview_pin(conn, line, Pinning::Pin, Utc::now())?));

    let pin = |pinning| {
        shop.write_as(manager, |act| {
            Ok(stock::pin(act, line, pinning, "A wedding")?)
        })
    };
    let outcome = pin(Pinning::Pin);

    let told: Vec<_> = preview
        .first
        .iter()
        .map(|effect| (effect.order_id, effect.reserved_before, effect.reserved))
        .collect();
    let mut done: Vec<_> = outcome
        .lines
        .iter()
        .map(|change| (change.order, change.reserved_before, change.reserved))
        .collect();
    done.sort();
    assert_eq!(told, done, "losers first: the first order");

    let undone = pin(Pinning::Unpin);
    let mut back: Vec<_> = undone
        .lines
        .iter()
        .map(|change| (change.order, change.reserved, change.reserved_before))
        .collect();
    back.sort();
    assert_eq!(done, back);
}

#[actix_web::test]
async fn a_line_in_a_parcel_is_not_robbed_by_a_pin() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let (_, line) = second_in_line(&desk).await;
    let first = "1".parse().expect("an id");
    desk.prepares(first).expect("five are reserved");
    let manager = shop.person(backfill::web::Role::Manager).id;

    let outcome = shop.write_as(manager, |act| {
        Ok(stock::pin(act, line, Pinning::Pin, "A wedding")?)
    });

    assert_eq!(outcome.lines, vec![]);
    assert_eq!(desk.reserved(first), [5]);
}
