//! A reception that was a mistake is taken back out: who becomes short is named before, and nothing
//! that left is taken back.

use backfill::purchasing::{self, PurchaseOrder, Reversing, Status};
use backfill::types::{ProductId, RequestKey};
use diesel::prelude::*;

use crate::scenarios::desk::Desk;
use crate::support::app::Shop;

/// Two orders of 5 that got what they want by a reception of 12; the purchase order is done.
async fn received(shop: &Shop) -> (Desk, ProductId, String) {
    let desk = Desk::of(shop);
    let mug = desk.product("MUG");
    let orders = [1, 2].map(|minute| desk.order(minute, &[(mug, 5)]));
    let purchase = desk.sent(&[(mug, 12)]);
    let reception = desk
        .receives(purchase, &RequestKey::fresh(), &[12])
        .expect("it is received");
    assert_eq!(orders.map(|order| desk.reserved(order)), [[5], [5]]);
    (desk, mug, format!("/receptions/{reception}"))
}

#[actix_web::test]
async fn reversing_names_who_becomes_short_and_then_takes_the_goods_back_out() {
    let shop = Shop::open().await;
    let (desk, mug, path) = received(&shop).await;
    let manager = shop.manager().await;

    let page = manager.page(&format!("{path}/reversal")).await;
    let effects = page.table("What it would do");
    let then = effects.row("SO-000001").cell("Then");
    assert!(then.starts_with("loses: 0 of 5, rest "), "{then}");
    assert_eq!(effects.rows.len(), 2);

    let form = page.form("form[action$=reversal]");
    let refused = manager.send(&form).await;
    assert_eq!(refused.status(), 422);
    assert!(!refused.page().field("reason").error().is_empty());

    let form = form.with("reason", "Counted twice");
    let page = manager.submit_form(&form).await;
    assert!(page.says("Reversed. Counted twice"), "{}", page.words());
    assert_eq!(desk.on_hand(mug), 0);
    let order = manager.page("/orders/1").await;
    assert!(order.says("Reception reversed"), "{}", order.words());
    let purchase = manager.page("/purchase-orders/1").await;
    assert!(purchase.says("Reception reversed"), "{}", purchase.words());
    let list = manager.page("/receptions").await;
    assert!(list.says("Reversed"), "{}", list.words());

    let twice = manager.send(&form.without("key")).await;
    assert_eq!(twice.status(), 409, "{}", twice.summary());
}

#[actix_web::test]
async fn what_a_reversed_reception_brought_is_on_its_way_again() {
    let shop = Shop::open().await;
    let (desk, mug, path) = received(&shop).await;
    let reception = path.rsplit('/').next().and_then(|id| id.parse().ok());
    let reception = reception.expect("an id");

    let how = Reversing::because("A mistake");
    shop.write(|act| Ok(purchasing::reverse(act, reception, &how)?));

    let purchase = "1".parse().expect("an id");
    let again = desk
        .receives(purchase, &RequestKey::fresh(), &[12])
        .expect("it arrives once more");
    assert_ne!(again, reception);
    let order = shop.read(|conn| Ok(PurchaseOrder::query().find(purchase).first(conn)?));
    assert_eq!(order.status, Status::Received);
    assert_eq!(desk.on_hand(mug), 12);
}

#[actix_web::test]
async fn the_receiving_desk_sees_who_would_get_what_before_it_posts() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    let orders = [1, 2].map(|minute| desk.order(minute, &[(mug, 5)]));
    let purchase = desk.sent(&[(mug, 12)]);
    let manager = shop.manager().await;
    let page = manager
        .page(&format!("/purchase-orders/{purchase}/receptions/new"))
        .await;
    let preview = |units: &str| {
        let mut form = page.form("#receive").with("qty-1", units);
        form.action.push_str("/preview");
        form
    };

    let weighed = manager.htmx("effects").send(&preview("7")).await.page();
    let effects = weighed.table("What it would do");
    assert_eq!(effects.row("SO-000001").cell("Then"), "gains: reserved");
    assert_eq!(effects.row("SO-000001").cell("Product"), "MUG Product MUG");
    assert_eq!(effects.row("SO-000002").cell("Units"), "5 2 more");
    let then = effects.row("SO-000002").cell("Then");
    assert!(then.starts_with("gains: 2 of 5"), "{then}");
    assert_eq!(orders.map(|order| desk.reserved(order)), [[0], [0]]);

    let nothing = manager.htmx("effects").send(&preview("")).await;
    assert_eq!(nothing.status(), 422);
    assert!(
        nothing.page().says("Enter the quantity"),
        "{}",
        nothing.summary()
    );
}
