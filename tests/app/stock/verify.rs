//! Every invariant, broken in turn behind the back of the books, is named.

use backfill::stock;
use backfill::types::RequestKey;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::result::Error;

use crate::scenarios::desk::Desk;
use crate::support::app::Shop;

/// The invariant, and how to break it.
const BROKEN: &[(&str, &str)] = &[
    (
        "on hand is the sum of movements",
        "update levels set on_hand = on_hand + 1",
    ),
    (
        "a movement says what lay there after it",
        "alter table movements disable trigger movements_append_only;
         update movements set to_level = to_level + 1 where id = 1",
    ),
    (
        "a correction is the opposite of what it corrects",
        "alter table movements disable trigger movements_append_only;
         update movements set corrects_id = 1 where id = 2",
    ),
    (
        "a level knows when units left it last",
        "update levels set left_at = left_at - interval '1 day'",
    ),
    (
        "a level is the sum of what it balances",
        "update levels set incoming = incoming + 1",
    ),
    (
        "a balance stays within its bound",
        "update levels set on_hand = 1000000001",
    ),
    (
        "reserved is the sum of decisions",
        "insert into reservation_entries (order_line_id, decision_id, change)
         select order_line_id, 0, 1 from demand limit 1",
    ),
    (
        "demand is what the order lines ask for",
        "update order_lines set ordered = ordered + 1",
    ),
    (
        "nothing waits while stock it may take is free",
        "update levels set reserved = reserved - 1 where reserved > 0 and to_ship > on_hand",
    ),
    (
        "nobody is overtaken",
        "update demand set placed_at = placed_at - interval '1 year' where reserved = 0",
    ),
    (
        "every missing unit is promised or a need, never both",
        "update demand set uncovered = 0 where uncovered > 0",
    ),
    (
        "nothing on its way is promised beyond what it brings",
        "update supply set quantity = 1",
    ),
    (
        "incoming is what sent purchase orders and transfers have to bring",
        "update supply set quantity = quantity + 1",
    ),
    (
        "what was sent is received, lost, called back or under way",
        "update transfer_lines set lost = lost + 1",
    ),
    (
        "a consignment stands in the tab its lines say",
        "update consignments set state = 'missing' where state = 'reserved'",
    ),
    (
        "the tabs count what stands in them",
        "update consignment_counts set consignments = consignments + 1",
    ),
    (
        "a parcel holds what was taken for it",
        "update shipment_lines set quantity = quantity + 1",
    ),
    (
        "received is the sum of receptions",
        "update purchase_order_lines set received = received + 1",
    ),
    (
        "no more is reversed than arrived",
        "insert into reception_reversals (reception_id, reason) select id, 'a mistake' from receptions;
         insert into reversal_lines (reversal_id, reception_line_id, quantity)
         select v.id, l.id, l.quantity + 1
         from reception_reversals v join reception_lines l on l.reception_id = v.reception_id",
    ),
    (
        "shipped is the sum of shipments",
        "update order_lines set shipped = 0 where shipped > 0",
    ),
];

/// Orders that are ready, wait, lie in a parcel and have left; a purchase order that came in part, and a
/// transfer under way.
fn at_work(shop: &Shop, desk: &Desk) {
    let (mug, jug, cup) = (
        desk.product("MUG"),
        desk.product("JUG"),
        desk.product("CUP"),
    );
    desk.finds(mug, 5);
    desk.finds(cup, 1);
    let packed = desk.order(1, &[(mug, 2)]);
    let left = desk.order(2, &[(mug, 2)]);
    for (minute, lines) in [(3, (mug, 2)), (4, (jug, 5)), (5, (mug, 1)), (6, (cup, 1))] {
        desk.order(minute, &[lines]);
    }
    let pan = desk.product("PAN");
    desk.order(7, &[(pan, 2)]);
    desk.sent(&[(pan, 2)]);
    let purchase = desk.sent(&[(jug, 4)]);
    desk.receives(purchase, &RequestKey::fresh(), &[1])
        .expect("one arrives");
    desk.prepares(packed).expect("two are reserved");
    let parcel = desk.prepares(left).expect("two are reserved");
    desk.ships(parcel).expect("it leaves");
    let tub = desk.product("TUB");
    desk.finds(tub, 3);
    shop.sends_transfer([desk.main(), shop.warehouse("EAST")], &[(tub, 2)]);
}

#[actix_web::test]
async fn each_invariant_that_is_broken_is_named_with_its_rows() {
    let shop = Shop::open().await;
    at_work(&shop, &Desk::of(&shop));
    let mut conn = shop.connect();
    assert_eq!(stock::verify(&mut conn), Ok(vec![]));

    for (invariant, sql) in BROKEN {
        let mut named = Vec::new();
        let rolled_back = conn.transaction::<(), Error, _>(|conn| {
            conn.batch_execute(sql)?;
            named = stock::verify(conn)?;
            Err(Error::RollbackTransaction)
        });
        assert_eq!(rolled_back, Err(Error::RollbackTransaction), "{invariant}");
        assert!(
            named.iter().any(|finding| finding.invariant == *invariant),
            "{invariant} was broken, and this was named: {named:#?}"
        );
    }
    assert_eq!(stock::verify(&mut conn), Ok(vec![]));
}
