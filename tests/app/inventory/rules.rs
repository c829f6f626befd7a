//! A rule that gives stock to other orders says who gains and who loses, before it holds.

use backfill::catalog::AllocationPolicy;
use backfill::types::OrderId;

use crate::scenarios::desk::Desk;
use crate::support::app::Shop;
use crate::support::html::{Form, Page};
use crate::support::requests::{Browser, Reply};

/// Three mugs: the first order wants five and has them, the second wants three.
struct Queue {
    desk: Desk,
    orders: [OrderId; 2],
    admin: Browser,
}

impl Queue {
    async fn of(shop: &Shop) -> Self {
        let desk = Desk::of(shop);
        let mug = desk.product("MUG");
        desk.finds(mug, 3);
        let orders = [5, 3].map(|units| desk.order(6 - units, &[(mug, units as u32)]));
        let admin = shop.admin().await;
        Self {
            desk,
            orders,
            admin,
        }
    }

    fn reserved(&self) -> [u32; 2] {
        self.orders.map(|order| self.desk.reserved(order)[0])
    }

    fn path(&self) -> String {
        format!("/warehouses/{}", self.desk.main())
    }

    /// The form of the warehouse, with complete orders first and nobody collecting before.
    async fn complete_first(&self) -> Form {
        let page = self.admin.page(&format!("{}/edit", self.path())).await;
        page.form("form.form")
            .with("allocation_policy", "complete_first")
            .with("collect_after_days", "300")
    }

    async fn asked(&self, form: &Form) -> Page {
        let reply = self.save(form).await;
        assert_eq!(reply.status(), 422, "{}", reply.summary());
        reply.page()
    }

    async fn save(&self, form: &Form) -> Reply {
        self.admin.htmx("").send(form).await
    }
}

#[actix_web::test]
async fn a_policy_that_takes_units_from_orders_shows_who_loses_and_saves_when_confirmed() {
    let shop = Shop::open().await;
    let queue = Queue::of(&shop).await;
    assert_eq!(queue.reserved(), [3, 0]);

    let asked = queue.asked(&queue.complete_first().await).await;

    let effects = asked.table("What it would do");
    let loser = effects.row("SO-000001");
    assert_eq!(loser.cell("Product"), "MUG Product MUG");
    assert_eq!(loser.cell("Units"), "5 3 fewer");
    assert_eq!(loser.cell("Then"), "loses: 0 of 5, rest not on order");
    assert_eq!(effects.row("SO-000002").cell("Then"), "gains: reserved");
    assert!(
        asked.says("Nothing is saved yet: 1 order would lose 3 units."),
        "{}",
        asked.words()
    );
    assert_eq!(asked.link("Keep it as it is"), queue.path());
    assert_eq!(asked.field("allocation_policy").value(), "complete_first");
    assert_eq!(queue.reserved(), [3, 0]);
    assert_eq!(
        shop.primary_warehouse().allocation_policy,
        AllocationPolicy::StrictQueue
    );

    let saved = queue.save(&asked.form("form.form")).await;

    assert_eq!(saved.status(), 204, "{}", saved.summary());
    assert_eq!(queue.reserved(), [0, 3]);
    assert_eq!(
        shop.primary_warehouse().allocation_policy,
        AllocationPolicy::CompleteFirst
    );
}

#[actix_web::test]
async fn what_changed_since_it_was_shown_is_shown_anew() {
    let shop = Shop::open().await;
    let queue = Queue::of(&shop).await;
    let asked = queue.asked(&queue.complete_first().await).await;

    let mug = queue.desk.lines(queue.orders[0])[0].product_id;
    queue.desk.finds(mug, 1);
    let again = queue.asked(&asked.form("form.form")).await;

    let effects = again.table("What it would do");
    assert_eq!(effects.row("SO-000001").cell("Units"), "5 4 fewer");
    assert_eq!(queue.reserved(), [4, 0]);

    let saved = queue.save(&again.form("form.form")).await;
    assert_eq!(saved.status(), 204, "{}", saved.summary());
    assert_eq!(queue.reserved(), [0, 3]);
}

#[actix_web::test]
async fn a_policy_by_which_nobody_loses_is_saved_at_once() {
    let shop = Shop::open().await;
    let queue = Queue::of(&shop).await;
    let days = queue
        .complete_first()
        .await
        .with("allocation_policy", "strict_queue");

    let saved = queue.save(&days).await;

    assert_eq!(saved.status(), 204, "{}", saved.summary());
    assert_eq!(shop.primary_warehouse().collect_after_days, 300);
}

#[actix_web::test]
async fn the_days_after_which_an_order_may_collect_are_weighed_like_the_policy() {
    let shop = Shop::open().await;
    let queue = Queue::of(&shop).await;
    let asked = queue.asked(&queue.complete_first().await).await;
    queue.save(&asked.form("form.form")).await;
    assert_eq!(queue.reserved(), [0, 3]);

    let sooner = queue.complete_first().await.with("collect_after_days", "0");
    let asked = queue.asked(&sooner).await;

    assert_eq!(
        asked
            .table("What it would do")
            .row("SO-000002")
            .cell("Units"),
        "3 3 fewer"
    );
    queue.save(&asked.form("form.form")).await;
    assert_eq!(queue.reserved(), [3, 0]);
}

#[actix_web::test]
async fn units_in_a_parcel_stay_where_they_are_whatever_the_policy() {
    let shop = Shop::open().await;
    let queue = Queue::of(&shop).await;
    queue
        .desk
        .prepares(queue.orders[0])
        .expect("three are reserved");

    let saved = queue.save(&queue.complete_first().await).await;

    assert_eq!(saved.status(), 204, "{}", saved.summary());
    assert_eq!(queue.reserved(), [3, 0]);
}

#[actix_web::test]
async fn a_preview_of_a_policy_asks_as_much_of_the_database_however_many_wait() {
    let shop = Shop::open().await;
    let queue = Queue::of(&shop).await;
    let mug = queue.desk.lines(queue.orders[0])[0].product_id;
    let form = queue.complete_first().await;
    let (_, of_few) = shop.statements_of(queue.asked(&form)).await;
    for minute in 10..60 {
        queue.desk.order(minute, &[(mug, 2)]);
    }

    let (_, of_many) = shop.statements_of(queue.asked(&form)).await;

    assert_eq!(of_few, of_many);
}
