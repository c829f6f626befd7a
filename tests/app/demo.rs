//! The demo shop: worth looking at, sound, and the same on every machine.

use std::collections::BTreeMap;

use backfill::demo::{self, LOGINS, PASSWORD};
use backfill::schema::{
    consignments, history, mails, orders, products, purchase_orders, suppliers, transfers,
    warehouses,
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::support::app::Shop;

fn fill(shop: &Shop, now: DateTime<Utc>) {
    shop.write(|conn| demo::fill(conn, now, "Demo <demo@shop.example>", &mut |_| {}));
}

/// Every order: its number, its status, and in which state it stands in its warehouse.
fn told(shop: &Shop) -> Vec<(String, String, String)> {
    shop.read(|conn| {
        Ok(consignments::table
            .inner_join(orders::table)
            .order(orders::number)
            .select((orders::number, orders::status, consignments::state))
            .load(conn)?)
    })
}

#[actix_web::test]
async fn the_demo_shop_is_large_enough_and_a_third_of_it_waits() {
    let shop = Shop::open().await;

    fill(&shop, Utc::now());

    let [all, goods, makers, places]: [i64; 4] = shop.read(|conn| {
        Ok([
            orders::table.count().get_result(conn)?,
            products::table.count().get_result(conn)?,
            suppliers::table.count().get_result(conn)?,
            warehouses::table.count().get_result(conn)?,
        ])
    });
    assert!(all >= 400, "{all} orders");
    assert!(goods >= 1_500, "{goods} products");
    assert!(makers >= 6, "{makers} suppliers");
    assert_eq!(places, 2);

    let mut states: BTreeMap<String, usize> = BTreeMap::new();
    for (_, status, state) in told(&shop) {
        if status == "open" {
            *states.entry(state).or_default() += 1;
        }
    }
    let count = |state: &str| states.get(state).copied().unwrap_or_default();
    let open: usize = states.values().sum();
    let share = (count("partial") + count("missing")) * 100 / open;
    assert!(
        (25..=40).contains(&share),
        "{share} of a hundred wait: {states:?}"
    );
    for state in ["reserved", "partial", "missing", "held", "in_preparation"] {
        assert!(count(state) > 0, "no order is {state}: {states:?}");
    }
}

#[actix_web::test]
async fn no_tab_of_the_warehouse_that_opens_first_is_empty() {
    let shop = Shop::open().await;
    fill(&shop, Utc::now());
    let user = shop.visitor();
    user.sign_in(LOGINS[0].0, PASSWORD).await;

    let page = user.page("/preparation").await;

    let counts = page.texts(".tabs .count");
    assert_eq!(counts.len(), 6, "{counts:?}");
    assert!(!counts.contains(&"0".to_owned()), "{counts:?}");
}

#[actix_web::test]
async fn nobody_of_the_demo_is_told_of_their_own_account() {
    let shop = Shop::open().await;
    fill(&shop, Utc::now());

    for (email, ..) in LOGINS {
        shop.visitor().sign_in(email, PASSWORD).await;
    }

    let told: i64 = shop.read(|conn| {
        let of_accounts = mails::table.filter(mails::record_kind.eq("user"));
        Ok(of_accounts.count().get_result(conn)?)
    });
    assert_eq!(told, 0);
}

#[actix_web::test]
async fn what_happened_is_told_on_its_day() {
    let shop = Shop::open().await;
    let now = Utc::now();

    fill(&shop, now);

    let placed: Vec<(DateTime<Utc>, DateTime<Utc>)> = shop.read(|conn| {
        Ok(orders::table
            .inner_join(
                history::table.on(history::record_id
                    .eq(orders::id)
                    .and(history::record_kind.eq("order"))
                    .and(history::event.eq(backfill::types::Event::Placed))),
            )
            .select((orders::placed_at, history::at))
            .load(conn)?)
    });
    assert!(placed.len() >= 400, "{} orders", placed.len());
    for (placed_at, told_at) in placed {
        assert!(
            placed_at <= told_at && told_at <= now && (told_at - placed_at).num_hours() < 24,
            "placed {placed_at}, told {told_at}"
        );
    }
}

#[actix_web::test]
async fn the_last_order_is_of_today_and_none_of_the_future() {
    let shop = Shop::open().await;
    let now = Utc::now();

    fill(&shop, now);

    let last: Option<DateTime<Utc>> = shop.read(|conn| {
        Ok(orders::table
            .select(diesel::dsl::max(orders::placed_at))
            .first(conn)?)
    });
    let last = last.expect("there are orders");
    assert!(last <= now && (now - last).num_minutes() < 10, "{last}");
}

#[actix_web::test]
async fn purchase_orders_stand_at_every_step_and_one_is_late_at_any_time_of_the_day() {
    for now in [
        "2026-11-24T05:06:00Z",
        "2026-12-31T23:59:30Z",
        "2028-02-29T12:00:00Z",
    ] {
        purchase_orders_stand_at_every_step(now.parse().expect("an instant")).await;
    }
}

async fn purchase_orders_stand_at_every_step(now: DateTime<Utc>) {
    let shop = Shop::open().await;

    fill(&shop, now);

    let purchases: Vec<(String, Option<NaiveDate>)> = shop.read(|conn| {
        Ok(purchase_orders::table
            .select((purchase_orders::status, purchase_orders::expected_on))
            .load(conn)?)
    });
    for status in ["draft", "sent", "confirmed", "partly_received"] {
        assert!(
            purchases.iter().any(|(each, _)| each == status),
            "{status}: {purchases:?}"
        );
    }
    let today = now.date_naive();
    let late = |(status, expected): &&(String, Option<NaiveDate>)| {
        status == "sent" && expected.is_some_and(|day| day < today)
    };
    assert_eq!(purchases.iter().filter(late).count(), 1, "{purchases:?}");
    let under_way: i64 = shop.read(|conn| {
        let sent = transfers::table.filter(transfers::status.eq("sent"));
        Ok(sent.count().get_result(conn)?)
    });
    assert_eq!(under_way, 1);
}

#[actix_web::test]
async fn the_demo_is_the_same_twice() {
    let (one, other) = (Shop::open().await, Shop::open().await);
    let now = Utc::now();

    fill(&one, now);
    fill(&other, now);

    assert_eq!(told(&one), told(&other));
}

#[actix_web::test]
async fn all_three_logins_work() {
    let shop = Shop::open().await;
    fill(&shop, Utc::now());

    for (email, ..) in LOGINS {
        let browser = shop.visitor();
        browser.sign_in(email, PASSWORD).await;
        let page = browser.page("/").await;
        assert!(page.says("Lantern & Lace"), "{}", page.words());
    }
}
