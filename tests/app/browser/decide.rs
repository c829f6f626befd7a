//! A decision about a purchase order, weighed before it is taken.

use backfill::web::Role;
use chrono::{Days, Utc};

use super::signed_in;
use crate::scenarios::desk::Desk;
use crate::support::app::Shop;

#[actix_web::test]
async fn a_date_shows_whom_it_delays_as_soon_as_it_is_typed() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    desk.order(1, &[(mug, 5)]);
    let purchase = desk.sent(&[(mug, 5)]);
    let served = shop.serve();
    let Some(buyer) = signed_in(&shop, &served, Role::Manager) else {
        return;
    };
    let date = Utc::now().date_naive() + Days::new(300);
    buyer.goes_to(&format!("/purchase-orders/{purchase}"));

    buyer.clicks("Confirm date");
    buyer.fills("Confirmed for", &date.to_string());
    buyer.within("#effects").sees("loses:");
    buyer
        .within("#effects")
        .sees(&date.format("%-d %b").to_string());

    buyer.within("dialog").clicks("Confirm");
    buyer.sees("is confirmed for");
}
