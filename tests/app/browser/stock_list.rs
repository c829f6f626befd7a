//! The list of stock at a desk and on a tablet: nothing is cut, and a row is changed in its place.

use backfill::web::Role;

use super::signed_in;
use crate::inventory::bins::Store;

#[actix_web::test]
async fn the_list_of_stock_is_whole_at_a_desk_and_on_a_tablet() {
    let store = Store::open().await;
    store.receives(12_345);
    store.sells("SO-1", 0, 11_111);
    let served = store.shop.serve();
    let Some(page) = signed_in(&store.shop, &served, Role::Manager) else {
        return;
    };

    for (width, height) in [(1440, 900), (820, 1180)] {
        page.is_sized(width, height);
        page.goes_to("/stock");
        page.sees("MUG");
        assert_eq!(page.reaches_beyond(".grid-wrap[aria-label=Stock]"), 0);
        assert_eq!(page.cut_off(".grid :is(td, th)"), Vec::<String>::new());
    }
}

#[actix_web::test]
async fn a_row_is_changed_in_its_place_without_a_mouse() {
    let store = Store::open().await;
    store.receives(5);
    let served = store.shop.serve();
    let Some(page) = signed_in(&store.shop, &served, Role::Manager) else {
        return;
    };
    page.goes_to("/stock");

    page.clicks("Edit MUG in MAIN");
    page.sees("Counted in DOCK");
    page.types("[name=warning]", "3");
    page.fills("Ideal level", "8");
    page.fills("Usual bin", "a-02");
    page.fills("Counted in DOCK", "7");
    page.presses("Enter");

    page.sees("Saved.");
    page.in_row("MUG").sees("A-02");
    page.in_row("MUG").sees("7");
    page.in_row("MUG").does_not_see("Counted");
}
