//! Bins are counted while pickers go on: one is short, in another lies more than anybody knew.

use backfill::catalog::LocationKind;
use backfill::inventory::{self, Applying, CountScope, Found, NewCount, PutAway};
use backfill::preparation::{self, Departure};
use backfill::schema::{demand, orders};
use backfill::stock::Place;
use backfill::types::{LocationId, Quantity};
use diesel::prelude::*;

use crate::preparation::order;
use crate::support::app::Shop;

/// Units each open order has, by number.
fn reserved(shop: &Shop) -> Vec<(String, i32)> {
    shop.read(|conn| {
        Ok(demand::table
            .inner_join(orders::table)
            .order(orders::number)
            .select((orders::number, demand::reserved))
            .load(conn)?)
    })
}

#[actix_web::test]
async fn pickers_go_on_while_a_bin_is_short_and_another_has_more() {
    let shop = Shop::open().await;
    let main = shop.primary_warehouse().id;
    let dock = shop.location(main, "DOCK", LocationKind::Dock);
    let [near, far] = ["A-01", "A-02"].map(|code| shop.location(main, code, LocationKind::Shelf));
    let (mug, jar) = (shop.new_product("MUG"), shop.new_product("JAR"));
    shop.write(|act| Ok(inventory::use_locations(act, main, dock)?));
    shop.has(&mug, 12);
    shop.has(&jar, 2);
    let puts = |product, to: LocationId, units| {
        let away = PutAway {
            place: Place::new(main, product),
            from: dock,
            to,
            quantity: Quantity::new(units),
            note: String::new(),
        };
        shop.write(|act| Ok(inventory::put_away(act, &away, true)?));
    };
    puts(mug.id, near, 5);
    puts(mug.id, far, 7);
    puts(jar.id, far, 2);
    let first = order("SO-1", 1).line(&mug, 4).place(&shop);
    order("SO-2", 2).line(&mug, 8).place(&shop);
    order("SO-3", 3).line(&jar, 5).place(&shop);

    // Two people count; meanwhile a parcel takes four mugs from the first bin, and leaves.
    let new = NewCount {
        scope: CountScope::all_of(main),
        asked: "Everything".into(),
        blind: true,
    };
    let count = shop.write(|act| Ok(inventory::begin_count(act, &new)?)).id;
    let finds = |product, bin, units| {
        let found = Found {
            product,
            bin: Some(bin),
            units: Quantity::new(units),
            adds: true,
        };
        shop.write(|act| Ok(inventory::scan(act, count, &found)?));
    };
    let parcel = shop.prepares(first);
    finds(mug.id, near, 5);
    finds(jar.id, far, 6);
    shop.write(|act| Ok(preparation::ship(act, parcel, &Departure::default())?));
    finds(mug.id, far, 4);
    let second = shop.prepares(shop.read(|conn| {
        let of_number = orders::table.filter(orders::number.eq("SO-2"));
        Ok(of_number.select(orders::id).first(conn)?)
    }));

    // Three mugs are missing from the far bin, and the second parcel takes what is left there.
    let how = Applying {
        doubtful_too: false,
    };
    let person = shop.person(backfill::web::Role::Manager).id;
    let applies = || {
        shop.db()
            .write_now(person, |act| Ok(inventory::apply_count(act, count, how)?))
    };
    let refused = applies().expect_err("a parcel takes what was not found");
    assert!(
        refused.to_string().contains("3 units not found"),
        "{refused}"
    );
    shop.write(|act| Ok(preparation::give_back(act, second)?));
    applies().expect("nothing is in a parcel any more");

    assert_eq!(reserved(&shop), [("SO-2".into(), 5), ("SO-3".into(), 5)]);
    let manager = shop.manager().await;
    let page = manager.page(&format!("/counts/{count}")).await;
    assert!(page.says("−3 SO-2"), "{}", page.words());
    assert!(page.says("+3 SO-3"), "{}", page.words());
}
