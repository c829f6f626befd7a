//! The page of an order: what it says, and what can be done there.

use backfill::sales::OrderStatus;

use super::desk::Desk;

#[actix_web::test]
async fn every_line_says_what_is_reserved_missing_and_shipped() {
    let desk = Desk::open().await;
    desk.stock("MUG", 2);
    let order = desk.order("A-1", &[("MUG", 5), ("CUP", 1)], 0);
    desk.ship(order);
    desk.stock("MUG", 1);

    let page = desk
        .shop
        .user()
        .await
        .page(&format!("/orders/{order}"))
        .await;

    let lines = page.table("Lines");
    let mug = lines.row("MUG");
    let cells = ["Ordered", "Reserved", "Shipped", "Missing", "Amount"].map(|head| mug.cell(head));
    assert_eq!(cells, ["5", "1", "2", "2", "50.00 10.00 each"]);
    assert!(mug.cell("State").starts_with("1 of 3 reserved"));
    assert!(
        lines
            .row("CUP")
            .cell("State")
            .starts_with("missing, not on order")
    );
    assert!(page.says("3 of 6 units are missing."));
    assert!(page.says("Partly shipped"));
    let topic = page.attribute("#order", "data-live-topic");
    assert_eq!(topic, Some(format!("order:{order}")));
    let shipments = page.has(&format!("[hx-get=\"/shipments/of-order/{order}\"]"));
    assert!(shipments);
}

#[actix_web::test]
async fn a_short_line_says_why_it_waits_and_what_cures_it() {
    let desk = Desk::open().await;
    let first = desk.order("A-1", &[("MUG", 5)], 0);
    let second = desk.order("A-2", &[("MUG", 5)], 1);
    desk.stock("MUG", 6);
    let browser = desk.shop.user().await;
    let page = browser.page(&format!("/orders/{second}")).await;

    let why = browser.page(&page.link("Why?")).await;

    assert!(
        why.says("Place 2 of 2 in the queue of MUG in Main warehouse"),
        "{}",
        why.words()
    );
    assert!(why.says("lines ahead ask for 5 units, 6 are on hand"));
    assert_eq!(why.link("A-1"), format!("/orders/{first}"));
    assert!(why.says("4 are not on order"));
    assert_eq!(
        why.link("buy them in Replenishment"),
        "/replenishment?q=MUG"
    );
    assert!(why.says("+1: Adjustment"), "{}", why.words());
}

#[actix_web::test]
async fn a_line_of_another_order_is_not_found_here() {
    let desk = Desk::open().await;
    let order = desk.order("A-1", &[("MUG", 5)], 0);
    let other = desk.order("A-2", &[("MUG", 5)], 1);
    let line = desk.lines(other)[0].id;

    let browser = desk.shop.user().await;
    let reply = browser
        .get(&format!("/orders/{order}/lines/{line}/why"))
        .await;

    assert_eq!(reply.status(), 404);
}

#[actix_web::test]
async fn an_order_is_put_on_hold_with_a_reason_and_released() {
    let desk = Desk::open().await;
    let order = desk.order("A-1", &[("MUG", 5)], 0);
    let browser = desk.shop.user().await;
    let path = format!("/orders/{order}");

    let silent = browser
        .post(&format!("{path}/hold"), &[("reason", " ")])
        .await;
    assert_eq!(silent.status(), 422);
    assert!(silent.page().field("reason").error().starts_with("Say why"));

    let held = browser
        .submit(&format!("{path}/hold"), &[("reason", "waits for money")])
        .await;
    assert!(held.says("On hold. waits for money"));
    assert!(held.says("Put on hold"));
    let again = browser
        .post(&format!("{path}/hold"), &[("reason", "again")])
        .await;
    assert_eq!(again.status(), 409);

    let released = browser
        .submit_form(&held.form("form[action$=release]"))
        .await;
    assert!(!released.says("On hold."));
}

#[actix_web::test]
async fn the_hold_form_opens_in_a_dialog() {
    let desk = Desk::open().await;
    let order = desk.order("A-1", &[("MUG", 5)], 0);

    let browser = desk.shop.user().await.htmx("dialog-content");
    let dialog = browser.page(&format!("/orders/{order}/hold")).await;

    assert_eq!(dialog.text("#dialog-title"), "Hold A-1");
    assert!(dialog.has("form[hx-post$=hold] textarea[name=reason]"));
}

#[actix_web::test]
async fn managers_cancel_orders_and_lines() {
    let desk = Desk::open().await;
    let order = desk.order("A-1", &[("MUG", 5), ("CUP", 2)], 0);
    let (user, manager) = (desk.shop.user().await, desk.shop.manager().await);
    let path = format!("/orders/{order}");
    assert!(!user.page(&path).await.has("a[href$=cancellation]"));
    assert!(manager.page(&path).await.has("a[href$=cancellation]"));

    let line = desk.lines(order)[1].id;
    let form = manager
        .page(&format!("{path}/lines/{line}/cancellation"))
        .await
        .form("form[action$=cancellation]");
    let too_many = manager
        .send(
            &form
                .clone()
                .with("quantity", "3")
                .with("reason", "sold out"),
        )
        .await;
    assert_eq!(too_many.status(), 422);
    assert!(too_many.page().field("quantity").error().contains("Only 2"));
    let reduced = manager.submit_form(&form.with("reason", "sold out")).await;
    assert!(reduced.says("Cancelled 2 of CUP"), "{}", reduced.words());

    let page = manager
        .submit(
            &format!("{path}/cancellation"),
            &[("reason", "customer called")],
        )
        .await;
    assert!(page.says("Cancelled") && page.says("customer called"));
    assert_eq!(desk.order_now(order).status, OrderStatus::Cancelled);
    assert!(!page.has("a[href$=edit]"));
}
