//! A purchase order while it is being written.

use backfill::web::Role;

use super::signed_in;
use crate::scenarios::desk::Desk;
use crate::support::app::Shop;

#[actix_web::test]
async fn the_enter_key_saves_a_draft_and_its_buttons_keep_what_was_typed() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let (mug, _) = (desk.product("MUG"), desk.product("JUG"));
    let draft = desk.draft(&[(mug, 5)]);
    let served = shop.serve();
    let Some(buyer) = signed_in(&shop, &served, Role::Manager) else {
        return;
    };
    buyer.goes_to(&format!("/purchase-orders/{draft}"));

    buyer.types("#field-shipping_cost", "4");
    buyer.presses("Enter");
    buyer.sees("was saved");

    buyer.types("input[name^=qty-]", "9");
    buyer.fills("SKU", "JUG");
    buyer.clicks("Add");
    buyer.sees("10 units");

    buyer.fills("Note for colleagues", "Mugs only");
    buyer.clicks("Remove JUG");
    buyer.sees("9 units");
    assert_eq!(buyer.value_of("Note for colleagues"), "Mugs only");
}

#[actix_web::test]
async fn totals_follow_what_is_typed_and_preview_saves_it_first() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    let draft = desk.draft(&[(mug, 5)]);
    let served = shop.serve();
    let Some(buyer) = signed_in(&shop, &served, Role::Manager) else {
        return;
    };
    buyer.goes_to(&format!("/purchase-orders/{draft}"));

    buyer.types("input[name^=qty-]", "9");
    buyer.fills("Price of MUG", "1.25");
    buyer.sees("9 units");
    buyer.sees("11.25 EUR");
    buyer.fills("Carriage", "much");
    buyer.clicks("Preview and send");
    buyer.sees("Enter an amount such as 12.50.");
    buyer.fills("Carriage", "0");
    buyer.clicks("Preview and send");
    buyer.sees("E-mail to");
    buyer.clicks("Back");

    buyer.sees("9 units");
    buyer.sees("11.25 EUR");
}
