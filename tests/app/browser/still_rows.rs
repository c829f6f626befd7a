//! Rows of a tab come and go while a hand is at work in them.

use backfill::types::{ProductId, RequestKey};
use backfill::web::Role;

use super::signed_in;
use crate::scenarios::desk::Desk;
use crate::support::app::Shop;

/// Three mugs for the first order; what comes later frees others.
fn ready(desk: &Desk) -> ProductId {
    let mug = desk.product("MUG");
    desk.finds(mug, 3);
    desk.order(1, &[(mug, 3)]);
    desk.order(2, &[(mug, 2)]);
    desk.order(3, &[(mug, 2)]);
    mug
}

#[actix_web::test]
async fn what_is_new_is_offered_under_a_hand_and_comes_when_it_is_taken() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let purchase = desk.sent(&[(ready(&desk), 4)]);
    let served = shop.serve();
    let Some(picker) = signed_in(&shop, &served, Role::User) else {
        return;
    };
    picker.goes_to("/preparation?tab=in-stock");
    picker.within("tbody tr").hovers("Prepare");

    desk.receives(purchase, &RequestKey::fresh(), &[4])
        .expect("four arrive");

    picker.sees("2 orders are new here");
    assert_eq!(picker.text_of(".tab[aria-current] .count"), "3");
    assert_eq!(picker.rows_of("tbody"), 1);
    picker.clicks("Show");
    picker.does_not_see("are new here");
    assert_eq!(picker.rows_of("tbody"), 3);
}

#[actix_web::test]
async fn what_was_offered_comes_by_itself_once_the_hand_is_gone() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let purchase = desk.sent(&[(ready(&desk), 2)]);
    let served = shop.serve();
    let Some(picker) = signed_in(&shop, &served, Role::User) else {
        return;
    };
    picker.goes_to("/preparation?tab=in-stock");
    picker.within("tbody tr").hovers("Prepare");
    desk.receives(purchase, &RequestKey::fresh(), &[2])
        .expect("two arrive");
    picker.sees("1 order is new here");

    picker.hovers("Suppliers");

    picker.does_not_see("is new here");
    assert_eq!(picker.rows_of("tbody"), 2);
}

#[actix_web::test]
async fn a_chosen_row_stays_where_it_is_and_what_is_done_to_it_shows_at_once() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = ready(&desk);
    let served = shop.serve();
    let Some(picker) = signed_in(&shop, &served, Role::User) else {
        return;
    };
    picker.goes_to("/preparation?tab=in-stock");
    let before = picker.place_of("tbody tr");

    picker.clicks_at("tbody .cell-check label");
    picker.sees("1 orders chosen");
    assert_eq!(picker.place_of("tbody tr"), before, "nothing moved");
    desk.finds(mug, 2);
    picker.sees("1 order is new here");
    assert_eq!(picker.place_of("tbody tr"), before, "nothing moved");
    picker.clicks("Hold");
    picker.fills("Reason", "Unpaid");
    picker.within("dialog").clicks("Hold");

    picker.sees("1 order is on hold.");
    picker.does_not_see("is new here");
    assert_eq!(picker.text_of(".tab[aria-current] .count"), "1");
    assert_eq!(picker.rows_of("tbody"), 1);
}
