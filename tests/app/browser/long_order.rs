//! The form of an order of many lines.

use backfill::web::Role;

use super::signed_in;
use crate::sales::desk::Desk;

#[actix_web::test]
async fn a_row_offers_all_warehouses_once_somebody_goes_there_and_taking_it_out_is_a_change() {
    let desk = Desk::open().await;
    desk.shop.warehouse("EAST");
    let order = desk.order("LONG", &[("MUG", 1); 201], 0);
    let served = desk.shop.serve();
    let Some(manager) = signed_in(&desk.shop, &served, Role::Manager) else {
        return;
    };
    manager.goes_to(&format!("/orders/{order}/edit"));
    manager.within(".pager").clicks("Next");
    manager.is_at(&format!("/orders/{order}/edit?page=2"));
    manager.within(".pager").clicks("Back");
    manager.is_at(&format!("/orders/{order}/edit?page=1"));

    // The first letter of the name that the box is to go to.
    manager.types("#warehouse-1", "W");
    manager
        .within("tbody tr:nth-child(1)")
        .clicks("Take this line out");
    manager
        .within("#order-form[data-changed]")
        .sees("Lines 1 to 200 of 201");
    manager.fills("Why units are cancelled", "one too many");
    manager.clicks("Save order");

    manager.sees("The order is saved.");
    let east = desk.shop.warehouse("EAST");
    let lines = desk.lines(order);
    let moved = lines.iter().filter(|line| line.warehouse_id == east);
    assert_eq!(moved.map(|line| line.line_number).collect::<Vec<_>>(), [2]);
    let gone = lines.iter().filter(|line| line.wanted().is_zero());
    assert_eq!(gone.map(|line| line.line_number).collect::<Vec<_>>(), [1]);
}
