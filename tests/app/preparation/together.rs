//! One thing is done to all orders that are chosen in a tab.

use backfill::preparation::{Parcels, Tab};
use backfill::sales;
use backfill::schema::orders;
use backfill::stock::Priority;
use backfill::types::OrderId;
use backfill::web::{Right, Rights, Role};
use diesel::prelude::*;

use super::{order, orders_in, shows};
use crate::support::app::Shop;
use crate::support::html::Page;
use crate::support::requests::Browser;

/// So many orders of one mug each.
fn of_a_mug(shop: &Shop, numbers: &[&'static str]) -> Vec<OrderId> {
    let mug = shop.new_product("MUG");
    let placed = numbers.iter().zip(1..);
    let placed = placed.map(|(number, minute)| order(number, minute).line(&mug, 1).place(shop));
    placed.collect()
}

/// The dialog that asks about some orders, chosen in the tab.
async fn asked(browser: &Browser, what: &str, chosen: &[OrderId]) -> Page {
    let chosen = chosen.iter().map(|order| format!("&order={order}"));
    let chosen: String = chosen.collect();
    let path = format!("/orders/{what}?warehouse=1&tab=backorder{chosen}");
    browser.page(&path).await
}

fn stand(shop: &Shop) -> Vec<(String, Priority, String)> {
    shop.read(|conn| {
        let all = orders::table.order(orders::number);
        let all = all.select((orders::number, orders::priority, orders::shipping_method));
        Ok(all.load(conn)?)
    })
}

#[actix_web::test]
async fn chosen_orders_are_held_and_the_others_are_named_with_the_reason() {
    let shop = Shop::open().await;
    let ids = of_a_mug(&shop, &["SO-1", "SO-2", "SO-3", "SO-4"]);
    shop.write(|act| Ok(sales::hold(act, ids[2], "Unpaid")?));
    let user = shop.user().await;

    let dialog = asked(&user, "hold", &ids[..3]).await;
    let form = dialog.form("form.form");
    let unsaid = user.send(&form).await;
    let tab = user.submit_form(&form.with("reason", "Recall")).await;

    assert_eq!(dialog.text("h1"), "Hold 3 orders");
    shows(&dialog, "SO-1, SO-2, SO-3.");
    assert!(!dialog.has("[name=parcels]"), "none is in a parcel");
    assert_eq!(unsaid.status(), 422);
    shows(
        &tab,
        "2 orders are on hold. SO-3: This order is on hold: Unpaid",
    );
    assert_eq!(orders_in(&tab), ["SO-4"]);
    let counts = [(Tab::Backorder, 1), (Tab::OnHold, 3)];
    assert_eq!(shop.tab_counts(), counts);
    let history = user.page(&format!("/orders/{}", ids[0])).await;
    shows(&history, "Recall");
}

#[actix_web::test]
async fn held_orders_go_on_together_at_their_old_places() {
    let shop = Shop::open().await;
    let ids = of_a_mug(&shop, &["SO-1", "SO-2", "SO-3"]);
    for id in &ids[..2] {
        shop.write(|act| Ok(sales::hold(act, *id, "Unpaid")?));
    }
    let user = shop.user().await;

    let chosen: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let mut fields = vec![("warehouse", "1"), ("tab", "on-hold")];
    fields.extend(chosen.iter().map(|id| ("order", id.as_str())));
    let tab = user.submit("/orders/release", &fields).await;

    shows(
        &tab,
        "2 orders are released. SO-3: This order is not on hold.",
    );
    let waiting = user.page("/preparation?tab=backorder").await;
    assert_eq!(orders_in(&waiting), ["SO-1", "SO-2", "SO-3"]);
}

#[actix_web::test]
async fn a_priority_of_many_serves_the_queue_anew_once() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 2);
    let place = |number, minute| order(number, minute).line(&mug, 1).place(&shop);
    let ids = [("SO-1", 1), ("SO-2", 2), ("SO-3", 3), ("SO-4", 4)];
    let ids = ids.map(|(number, minute)| place(number, minute));
    let manager = shop.manager().await;

    let dialog = asked(&manager, "priority", &ids[2..]).await;
    let chosen = dialog.form("form.form").with("priority", "urgent");
    let weighed = manager
        .page(&format!(
            "/orders/priority?priority=urgent&order={}&order={}",
            ids[2], ids[3]
        ))
        .await;
    let tab = manager.submit_form(&chosen.with("reason", "Fair")).await;

    shows(&weighed, "loses");
    shows(&tab, "2 orders are of urgent priority now.");
    let ready = manager.page("/preparation?tab=in-stock").await;
    assert_eq!(orders_in(&ready), ["SO-3", "SO-4"]);
    let urgent = stand(&shop)
        .into_iter()
        .filter(|row| row.1 == Priority::Urgent);
    assert_eq!(urgent.count(), 2);
}

#[actix_web::test]
async fn a_shipping_method_is_given_to_all_that_do_not_have_it() {
    let shop = Shop::open().await;
    let ids = of_a_mug(&shop, &["SO-1", "SO-2"]);
    shop.write(|act| {
        let one = diesel::update(orders::table.find(ids[1]));
        one.set(orders::shipping_method.eq("Express"))
            .execute(act.conn())?;
        Ok(())
    });
    let user = shop.user().await;

    let form = asked(&user, "shipping-method", &ids)
        .await
        .form("form.form");
    let empty = user.send(&form).await;
    let tab = user.submit_form(&form.with("method", "Express")).await;

    assert_eq!(empty.status(), 422);
    let said = "1 order is sent by Express. SO-2: Express is its shipping method already.";
    shows(&tab, said);
    assert!(stand(&shop).iter().all(|row| row.2 == "Express"));
    let history = user.page(&format!("/orders/{}", ids[0])).await;
    shows(&history, "sent by Express");
}

#[actix_web::test]
async fn what_becomes_of_parcels_is_asked_only_where_there_are_any_and_said_for_all() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    shop.has(&mug, 2);
    let half = order("SO-1", 1).line(&mug, 1).line(&jug, 1).place(&shop);
    let whole = order("SO-2", 2).line(&mug, 1).place(&shop);
    let other = order("SO-3", 3).line(&jug, 1).place(&shop);
    let parcels = [shop.prepares(half), shop.prepares(whole)];
    let user = shop.user().await;

    let by_parcel = parcels.map(|parcel| format!("shipment={parcel}")).join("&");
    let dialog = user
        .page(&format!(
            "/orders/hold?warehouse=1&tab=in-progress&{by_parcel}&order={other}"
        ))
        .await;
    let form = dialog.form("form.form").with("reason", "Unpaid");
    let unsaid = user.send(&form.clone().without("parcels")).await;
    let on = form.with("parcels", Parcels::GoOn.as_str());
    let tab = user.submit_form(&on).await;

    assert!(dialog.has("select[name=parcels]"));
    assert_eq!(unsaid.status(), 422, "{}", unsaid.summary());
    shows(&tab, "2 orders are on hold. SO-2: All that is left to ship");
    let counts = [(Tab::OnHold, 1), (Tab::InProgress, 2)];
    assert_eq!(shop.tab_counts(), counts);
}

#[actix_web::test]
async fn many_orders_take_no_more_statements_than_two() {
    let shop = Shop::open().await;
    let numbers = [
        "SO-1", "SO-2", "SO-3", "SO-4", "SO-5", "SO-6", "SO-7", "SO-8",
    ];
    let ids = of_a_mug(&shop, &numbers);
    let manager = shop.manager().await;
    let (few, many) = (&ids[..2], &ids[2..]);

    for (what, name, value) in [
        ("shipping-method", "method", "Express"),
        ("priority", "priority", "high"),
        ("hold", "reason", "Recall"),
    ] {
        let mut counted = vec![];
        for chosen in [few, many] {
            let form = asked(&manager, what, chosen).await.form("form.form");
            let form = form.with(name, value).with("reason", "Recall");
            counted.push(shop.statements_of(manager.send(&form)).await.1);
        }
        assert_eq!(counted[0], counted[1], "{what}");
    }
}

#[actix_web::test]
async fn only_who_decides_about_reserved_units_is_offered_the_priority() {
    let shop = Shop::open().await;
    of_a_mug(&shop, &["SO-1"]);
    let path = "button[formaction='/orders/priority']";

    let user = shop.user().await.page("/preparation?tab=backorder").await;
    let given: Rights = [(Right::DecideReserved, true)].into_iter().collect();
    shop.gives(Role::User, &given);
    let decides = shop.user().await.page("/preparation?tab=backorder").await;
    let list = shop.user().await.page("/orders").await;

    assert!(!user.has(path) && user.has("button[formaction='/orders/hold']"));
    assert!(decides.has(path) && list.has(path));
}

#[actix_web::test]
async fn nothing_is_asked_about_no_order_or_one_that_is_not_there() {
    let shop = Shop::open().await;
    let user = shop.user().await;

    let none = user.get("/orders/hold").await;
    let strange = user.get("/orders/hold?order=77").await;
    let held = user
        .post("/orders/hold", &[("order", "77"), ("reason", "Recall")])
        .await;

    let answers = (none.status(), strange.status(), held.status());
    assert_eq!(answers, (409, 404, 404));
}
