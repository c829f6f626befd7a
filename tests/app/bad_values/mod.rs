//! No value that anybody can send is answered with a failure: every route of the table of access, every place of a value
//! in what the pages of a shop send there, every kind of bad value, one at a time and all else as it should be.
//!
//! A route is walked because it stands in the table: of one that no page leads to, `unseen` says what is sent there.

mod found;
mod kinds;
mod long;
mod sent;
mod shop;
mod spot;
mod unseen;
mod walk;

use shop::busy;
use walk::{Walk, walked};

/// Goods and where they lie; all else has a walk of its own, at the same time.
const OF_GOODS: &[&str] = &[
    "adjustments",
    "counts",
    "locations",
    "movements",
    "products",
    "put-away",
    "stock",
    "suppliers",
    "transfers",
    "warehouses",
];

#[actix_web::test]
async fn nothing_sent_to_the_pages_of_goods_is_answered_with_a_failure() {
    walked(Walk::over(busy().await, |first| OF_GOODS.contains(&first))).await;
}

#[actix_web::test]
async fn nothing_sent_to_any_other_page_is_answered_with_a_failure() {
    walked(Walk::over(busy().await, |first| !OF_GOODS.contains(&first))).await;
}
