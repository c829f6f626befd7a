//! Who prepares orders finds what they looked at last.

use backfill::schema::preparation_choices;
use backfill::types::WarehouseId;
use backfill::web::Role;
use diesel::prelude::*;

use super::{order, orders_in};
use crate::support::app::Shop;
use crate::support::html::Page;

fn warehouse_of(page: &Page) -> Option<String> {
    page.attribute("[name=warehouse] option[selected]", "value")
}

fn kept(shop: &Shop) -> Vec<(WarehouseId, String)> {
    shop.read(|conn| {
        let all = preparation_choices::table.order(preparation_choices::user_id);
        let columns = (
            preparation_choices::warehouse_id,
            preparation_choices::operator,
        );
        Ok(all.select(columns).load(conn)?)
    })
}

#[actix_web::test]
async fn a_warehouse_is_found_again_on_every_browser_of_who_chose_it() {
    let shop = Shop::open().await;
    let harbour = shop.warehouse("HARBOUR");
    let (first, second) = (shop.user().await, shop.user().await);
    let path = format!("/preparation?warehouse={harbour}&tab=partial");

    first.page("/preparation").await;
    assert_eq!(kept(&shop), [], "nobody chose anything");
    first.page(&path).await;

    let harbour = Some(harbour.to_string());
    assert_eq!(warehouse_of(&second.page("/preparation").await), harbour);
    let other = shop.manager().await.page("/preparation").await;
    let primary = shop.primary_warehouse().id.to_string();
    assert_eq!(warehouse_of(&other), Some(primary));
}

#[actix_web::test]
async fn only_a_change_is_written_and_none_of_what_a_page_asks_by_itself() {
    let shop = Shop::open().await;
    let harbour = shop.warehouse("HARBOUR");
    let main = shop.primary_warehouse().id;
    let user = shop.user().await;
    let open = |warehouse: WarehouseId| format!("/preparation?warehouse={warehouse}");

    let (_, first) = shop.statements_of(user.page(&open(harbour))).await;
    let (_, again) = shop.statements_of(user.page(&open(harbour))).await;
    let live = user.with_header("X-By-Itself", "yes");
    live.page(&open(main)).await;

    assert!(again < first, "{again} statements after {first}");
    assert_eq!(kept(&shop), [(harbour, String::new())]);
}

#[actix_web::test]
async fn parcels_of_one_operator_are_shown_until_those_of_anybody_are_asked_for() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 2);
    let (user, manager) = (shop.user().await, shop.manager().await);
    for (picker, number) in [(&user, "SO-1"), (&manager, "SO-2")] {
        let asked = order(number, 1).line(&mug, 1).place(&shop).to_string();
        let tab = picker.page("/preparation").await;
        let form = tab.form("form[action='/shipments']").with("only", &asked);
        picker.submit_form(&form).await;
    }
    let other = shop.person(Role::Manager);
    let by = |whose: &str| format!("/preparation?warehouse=1&tab=in-progress&by={whose}");

    let all = user.page(&by("")).await;
    let theirs = user.page(&by(&other.id.to_string())).await;
    let kept_so = user.page("/preparation?tab=in-progress").await;
    let elsewhere = user.page("/preparation?tab=in-stock").await;
    let strange = user.page(&by("777")).await;
    let file = user.get("/preparation.csv?tab=in-progress&by=me").await;

    assert_eq!(orders_in(&all), ["SO-1", "SO-2"]);
    assert!(all.texts("[name=by] option").contains(&other.name));
    assert_eq!(orders_in(&theirs), ["SO-2"]);
    assert_eq!(orders_in(&kept_so), ["SO-2"]);
    assert!(!elsewhere.has("[name=by]") && elsewhere.says("No order is ready"));
    assert_eq!(orders_in(&strange), ["SO-1", "SO-2"]);
    assert_eq!(file.text().lines().count(), 2);
    assert!(file.text().contains("SO-1"));
}

#[actix_web::test]
async fn the_rarer_filters_are_open_where_one_of_them_is_set() {
    let shop = Shop::open().await;
    let user = shop.user().await;
    let open = "details.more-filters[open]";

    let usual = user.page("/preparation?tab=backorder&method=dhl").await;
    let rare = user.page("/preparation?tab=backorder&country=ch").await;

    assert!(usual.has("details.more-filters [name=country]") && !usual.has(open));
    assert!(rare.has(open));
}
