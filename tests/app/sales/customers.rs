//! Customers, and their orders.

use super::desk::Desk;

#[actix_web::test]
async fn a_customer_is_taken_in_and_changed() {
    let desk = Desk::open().await;
    let browser = desk.shop.user().await;
    let form = browser.page("/customers/new").await.form("form.form");

    let page = browser
        .submit_form(&form.with("name", "Grace Hopper").with("country", "USA"))
        .await;
    assert!(page.says("Grace Hopper") && page.says("USA") && page.says("Created"));

    let edit = browser.page(&page.link("Edit")).await.form("form.form");
    let page = browser
        .submit_form(&edit.with("phone", "555 0100").with("code", "NAVY"))
        .await;
    assert!(page.says("555 0100") && page.says("NAVY") && page.says("Edited"));
}

#[actix_web::test]
async fn a_code_is_used_once_and_a_class_is_set_by_managers() {
    let desk = Desk::open().await;
    desk.customer("Ada Lovelace");
    let browser = desk.shop.user().await;
    let form = browser.page("/customers/new").await.form("form.form");

    let taken = form
        .clone()
        .with("name", "Ada")
        .with("code", "ADA-LOVELACE");
    let taken = browser.send(&taken).await;
    let above = form.with("name", "Ada").with("priority", "urgent");
    let above = browser.send(&above).await;

    assert_eq!(taken.status(), 422);
    assert!(taken.page().field("code").error().contains("already used"));
    assert_eq!(taken.page().field("name").value(), "Ada");
    assert_eq!(above.status(), 422);
}

#[actix_web::test]
async fn the_page_of_a_customer_lists_its_orders() {
    let desk = Desk::open().await;
    desk.order("A-1", &[("MUG", 5)], 0);
    let mut other = desk.new_order("B-1", &[("MUG", 5)], 1);
    other.customer = desk.customer("Grace Hopper");
    desk.place(&other);
    let grace = desk.customer("Grace Hopper");

    let page = desk
        .shop
        .user()
        .await
        .page(&format!("/customers/{grace}"))
        .await;

    assert_eq!(page.table("Orders").column("Order"), ["B-1"]);
    let new_order = format!("/orders/new?customer=GRACE-HOPPER&customer_id={grace}");
    assert_eq!(page.link("New order"), new_order);
}

#[actix_web::test]
async fn customers_are_found_sorted_and_counted() {
    let desk = Desk::open().await;
    for name in ["Cid", "Ada", "Bob"] {
        desk.customer(name);
    }
    desk.order("A-1", &[("MUG", 5)], 0);
    let browser = desk.shop.user().await;

    let all = browser.page("/customers").await;
    let down = browser.page("/customers?sort=-code").await;
    let found = browser.page("/customers?q=lovel").await;

    assert_eq!(
        all.table("Customers").column("Name"),
        ["Ada", "Ada Lovelace", "Bob", "Cid"]
    );
    assert_eq!(down.table("Customers").column("Code")[0], "CID");
    assert_eq!(found.table("Customers").column("Open orders"), ["1"]);
}

#[actix_web::test]
async fn the_second_of_two_edits_is_told_what_changed_and_keeps_what_was_typed() {
    let desk = Desk::open().await;
    let ada = desk.customer("Ada Lovelace");
    let path = format!("/customers/{ada}/edit");
    let (user, manager) = (desk.shop.user().await, desk.shop.manager().await);
    let mine = user.page(&path).await.form("form.form");
    let theirs = manager.page(&path).await.form("form.form");

    let theirs = theirs.with("phone", "555 0100").with("priority", "high");
    manager.submit_form(&theirs).await;
    let told = user.send(&mine.with("note", "rings twice")).await;

    assert_eq!(told.status(), 422);
    let told = told.page();
    assert!(told.says("Somebody saved this customer while you were editing it"));
    let kept = told.text("#theirs");
    assert!(
        kept.contains("Phone 555 0100") && kept.contains("High"),
        "{kept}"
    );
    assert!(!kept.contains("Address"), "{kept}");
    assert_eq!(told.field("note").value(), "rings twice");
    let now = user.page(&format!("/customers/{ada}")).await;
    assert!(now.says("555 0100") && !now.says("rings twice"));

    let saved = user.submit_form(&told.form("form.form")).await;
    assert!(
        saved.says("rings twice") && saved.says("High"),
        "{}",
        saved.words()
    );
}
