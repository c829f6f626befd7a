//! Reserved units move from one order to another by hand: what that would do, what it does, and back.

use backfill::types::{OrderId, OrderLineId, ProductId};

use crate::scenarios::desk::Desk;
use crate::support::app::Shop;

/// Three orders of 5; the first two have theirs, the third has nothing.
struct Queue {
    desk: Desk,
    mug: ProductId,
    orders: [OrderId; 3],
}

impl Queue {
    fn of(shop: &Shop) -> Self {
        let desk = Desk::of(shop);
        let mug = desk.product("MUG");
        desk.finds(mug, 10);
        let orders = [1, 2, 3].map(|minute| desk.order(minute, &[(mug, 5)]));
        let queue = Self { desk, mug, orders };
        assert_eq!(queue.reserved(), [5, 5, 0]);
        queue
    }

    fn line(&self, at: usize) -> OrderLineId {
        self.desk.lines(self.orders[at])[0].id
    }

    fn path(&self, at: usize, what: &str) -> String {
        format!("/products/{}/queue/{}/{what}", self.mug, self.line(at))
    }

    fn reserved(&self) -> [u32; 3] {
        self.orders.map(|order| self.desk.reserved(order)[0])
    }
}

#[actix_web::test]
async fn units_move_to_the_order_that_is_named_and_nobody_else_loses() {
    let shop = Shop::open().await;
    let queue = Queue::of(&shop);
    let manager = shop.manager().await;
    let page = manager.page(&queue.path(0, "move")).await;

    let asked = format!("{}?to={}&quantity=3", queue.path(0, "move"), queue.line(2));
    let weighed = manager.htmx("effects").get(&asked).await.page();
    let effects = weighed.table("What it would do");
    assert_eq!(effects.rows.len(), 2, "the second order is not concerned");
    let then = |order: &str| effects.row(order).cell("Then").to_owned();
    assert!(
        then("SO-000001").starts_with("loses: 2 of 5"),
        "{}",
        then("SO-000001")
    );
    assert!(
        then("SO-000003").starts_with("gains: 3 of 5"),
        "{}",
        then("SO-000003")
    );
    assert_eq!(queue.reserved(), [5, 5, 0]);

    let form = page
        .form("form[action$=move]")
        .with("to", &queue.line(2).to_string())
        .with("quantity", "3");
    let refused = manager.send(&form).await;
    assert_eq!(refused.status(), 422);
    assert!(!refused.page().field("reason").error().is_empty());
    assert_eq!(refused.page().field("quantity").value(), "3");

    manager.submit_form(&form.with("reason", "A wedding")).await;
    assert_eq!(queue.reserved(), [2, 5, 3]);
    let order = manager.page("/orders/3").await;
    assert!(order.says("Moved by hand: A wedding"), "{}", order.words());
}

#[actix_web::test]
async fn who_gave_units_away_is_served_in_the_turn_of_who_got_them() {
    let shop = Shop::open().await;
    let queue = Queue::of(&shop);
    let manager = shop.manager().await;
    gives(&queue, &manager, 3).await;

    queue.desk.finds(queue.mug, 3);
    assert_eq!(
        queue.reserved(),
        [5, 5, 3],
        "three new units go to who gave three"
    );
    queue.desk.finds(queue.mug, -4);
    assert_eq!(
        queue.reserved(),
        [2, 4, 3],
        "the tail loses first: it gave three, then the second"
    );
}

#[actix_web::test]
async fn what_left_is_not_taken_back_and_nobody_is_robbed_by_it() {
    let shop = Shop::open().await;
    let queue = Queue::of(&shop);
    let manager = shop.manager().await;
    gives(&queue, &manager, 3).await;
    let parcel = queue
        .desk
        .prepares(queue.orders[2])
        .expect("three are reserved");
    queue.desk.ships(parcel).expect("it leaves");

    assert_eq!(queue.reserved()[..2], [2, 5], "who waits is not robbed");
    let page = manager.page(&queue.path(0, "undo")).await;
    let form = page
        .form("form[action$=undo]")
        .with("reason", "Back in turn");
    manager.submit_form(&form).await;
    assert_eq!(queue.reserved()[..2], [5, 2], "its own turn again");
}

#[actix_web::test]
async fn a_move_is_taken_back_with_a_reason() {
    let shop = Shop::open().await;
    let queue = Queue::of(&shop);
    let manager = shop.manager().await;
    gives(&queue, &manager, 3).await;
    assert_eq!(queue.reserved(), [2, 5, 3]);

    let page = manager.page(&queue.path(2, "undo")).await;
    let effects = page.table("What it would do");
    assert_eq!(effects.row("SO-000001").cell("Then"), "gains: reserved");
    let form = page.form("form[action$=undo]").with("reason", "Called off");
    manager.submit_form(&form).await;

    assert_eq!(queue.reserved(), [5, 5, 0]);
    let again = manager.send(&form.without("key")).await;
    assert_eq!(again.status(), 409, "{}", again.summary());
}

#[actix_web::test]
async fn released_units_go_to_who_waits_and_more_than_there_are_cannot_move() {
    let shop = Shop::open().await;
    let queue = Queue::of(&shop);
    let manager = shop.manager().await;
    let page = manager.page(&queue.path(1, "move")).await;
    let form = page.form("form[action$=move]").with("reason", "Not urgent");

    let refused = manager.send(&form.clone().with("quantity", "6")).await;
    assert_eq!(refused.status(), 422, "{}", refused.summary());
    let error = refused.page().field("quantity").error().to_owned();
    assert!(error.contains("from 1 to 5"), "{error}");

    manager.submit_form(&form.with("quantity", "4")).await;
    assert_eq!(queue.reserved(), [5, 1, 4]);
}

/// The first order gives units to the third.
async fn gives(queue: &Queue, manager: &crate::support::requests::Browser, units: u32) {
    let page = manager.page(&queue.path(0, "move")).await;
    let form = page
        .form("form[action$=move]")
        .with("to", &queue.line(2).to_string())
        .with("quantity", &units.to_string())
        .with("reason", "A wedding");
    manager.submit_form(&form).await;
}
