//! An order jumps the queue by hand: who gains and who loses is shown before, and why is kept.

use crate::scenarios::desk::Desk;
use crate::support::app::Shop;

#[actix_web::test]
async fn another_priority_shows_who_loses_and_keeps_the_reason() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    desk.finds(mug, 5);
    let [first, second] = [1, 2].map(|minute| desk.order(minute, &[(mug, 5)]));
    let manager = shop.manager().await;
    let path = format!("/orders/{second}/priority");

    let page = manager.page(&path).await;
    let weighed = manager
        .htmx("effects")
        .get(&format!("{path}?priority=urgent"))
        .await;
    let weighed = weighed.page();
    let effects = weighed.table("What it would do");
    assert_eq!(
        effects.row("SO-000001").cell("Then"),
        "loses: 0 of 5, rest not on order"
    );
    assert_eq!(effects.row("SO-000001").cell("Product"), "MUG Product MUG");
    assert_eq!(effects.row("SO-000001").cell("Units"), "5 5 fewer");
    assert_eq!(effects.row("SO-000002").cell("Then"), "gains: reserved");
    assert_eq!(desk.reserved(first), [5]);

    let form = page
        .form("form[action$=priority]")
        .with("priority", "urgent");
    let refused = manager.send(&form).await;
    assert_eq!(refused.status(), 422);
    assert!(!refused.page().field("reason").error().is_empty());
    let same = form
        .clone()
        .with("priority", "normal")
        .with("reason", "None");
    let same = manager.send(&same).await;
    assert_eq!(same.status(), 422);
    assert!(!same.page().field("priority").error().is_empty());

    manager.submit_form(&form.with("reason", "A wedding")).await;
    assert_eq!(
        (desk.reserved(first), desk.reserved(second)),
        (vec![0], vec![5])
    );
    let order = manager.page(&format!("/orders/{first}")).await;
    assert!(order.says("Priority: A wedding"), "{}", order.words());
    let order = manager.page(&format!("/orders/{second}")).await;
    assert!(
        order.says("Priority Urgent instead of Normal"),
        "{}",
        order.words()
    );
}
