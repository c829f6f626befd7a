//! Which allocation policy would get more orders out of the house today.

use backfill::catalog::AllocationPolicy;
use backfill::stock;
use chrono::{DateTime, Utc};

use crate::scenarios::desk::Desk;
use crate::support::app::Shop;

#[actix_web::test]
async fn policies_are_compared_on_the_queue_of_today_and_nothing_changes() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let (mug, jug) = (desk.product("MUG"), desk.product("JUG"));
    desk.finds(mug, 5);
    let afternoon: DateTime<Utc> = "2026-11-02T15:00:00Z".parse().expect("an instant");
    // The large order is first in the queue, and lacks its jugs; the small ones lack nothing but mugs.
    let large = desk.order(1, &[(mug, 4), (jug, 1)]);
    let small = [desk.order(2, &[(mug, 3)]), desk.order(3, &[(mug, 2)])];

    let compared = shop.read(|conn| Ok(stock::compare_policies(conn, desk.main(), afternoon)?));

    let told: Vec<_> = compared
        .iter()
        .map(|each| {
            (
                each.policy,
                each.is_current,
                each.ready,
                each.partial,
                each.missing,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (AllocationPolicy::StrictQueue, true, 0, 2, 1),
            (AllocationPolicy::CompleteFirst, false, 2, 0, 1),
        ]
    );
    assert_eq!(desk.reserved(large), [4, 0]);
    assert_eq!(small.map(|order| desk.reserved(order)), [vec![1], vec![0]]);

    let page = shop
        .user()
        .await
        .page(&format!("/warehouses/{}/policies", desk.main()))
        .await;
    let table = page.table("Policies on today's queue");
    assert_eq!(table.row("Strict queue").cell("Partly"), "2");
    assert!(
        table
            .row("Strict queue")
            .cell("Policy")
            .contains("In force")
    );
}
