//! What a change would do, told before it happens.

use backfill::stock::{self, Happening, MoveReason, Place};
use backfill::types::Change;
use chrono::Utc;

use crate::scenarios::desk::Desk;
use crate::support::app::Shop;

#[actix_web::test]
async fn of_many_orders_the_first_are_named_and_the_rest_is_counted() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    desk.finds(mug, 100);
    for minute in 0..50 {
        desk.order(minute, &[(mug, 2)]);
    }
    let lost = Happening::Adjust {
        bin: None,
        place: Place::new(desk.main(), mug),
        change: Change::new(-100),
        reason: MoveReason::Scrap,
        note: "a fire".into(),
    };

    let effects = shop.read(|conn| {
        let lost = std::slice::from_ref(&lost);
        Ok(stock::preview(conn, Utc::now(), lost)?)
    });

    let named: Vec<_> = effects
        .first
        .iter()
        .map(|each| &each.order_number)
        .collect();
    assert_eq!(named.len(), 40);
    assert_eq!(
        (named[0].as_str(), named[39].as_str()),
        ("SO-000001", "SO-000040")
    );
    assert_eq!(effects.more, 10);
    assert_eq!(effects.sum(), "50 orders lose 100 units.");
}
