//! No value that anybody can send is answered with a failure: every route of the table of access, every place of a value
//! in what the pages of a shop send there, every kind of bad value, one at a time and all else as it should be.
//!
//! A route is walked because it stands in the table: one that no page leads to is said below, with what is sent to it.

mod found;
mod kinds;
mod sent;
mod shop;
mod walk;

use shop::busy;
use walk::{Walk, walked};

/// What signs people in and out, and the rules of the house: they end what a walk stands on, so they have one of their
/// own.
const OF_PEOPLE: &[&str] = &[
    "audit",
    "audit.csv",
    "forgotten-password",
    "new-password",
    "profile",
    "settings",
    "sign-in",
    "sign-out",
    "users",
];

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
async fn nothing_sent_to_the_pages_of_people_is_answered_with_a_failure() {
    walked(Walk::over(busy().await, |first| OF_PEOPLE.contains(&first))).await;
}

#[actix_web::test]
async fn nothing_sent_to_the_pages_of_goods_is_answered_with_a_failure() {
    walked(Walk::over(busy().await, |first| OF_GOODS.contains(&first))).await;
}

#[actix_web::test]
async fn nothing_sent_to_any_other_page_is_answered_with_a_failure() {
    let is_other = |first: &str| !OF_PEOPLE.contains(&first) && !OF_GOODS.contains(&first);
    walked(Walk::over(busy().await, is_other)).await;
}
