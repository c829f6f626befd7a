//! The counts of the tabs, and the differences they are kept as.

use backfill::db::Who;
use backfill::schema::consignment_counts;
use backfill::stock;
use diesel::prelude::*;

use crate::support::app::Shop;

#[actix_web::test]
async fn differences_are_added_up_and_count_the_same() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    for number in 1..=5 {
        shop.sells(&format!("SO-{number}"), &mug, 1);
    }
    shop.has(&mug, 3);
    let rows = || -> Vec<(String, i64)> {
        shop.read(|conn| {
            Ok(consignment_counts::table
                .order((consignment_counts::state, consignment_counts::consignments))
                .select((consignment_counts::state, consignment_counts::consignments))
                .load(conn)?)
        })
    };
    assert!(rows().len() > 2, "every change left its own: {:?}", rows());

    shop.write_as(Who::BACKFILL, |act| Ok(stock::add_up_counts(act)?));

    assert_eq!(rows(), [("missing".into(), 2), ("reserved".into(), 3)]);
}
