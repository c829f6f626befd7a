//! Two people reach for the same thing.

use std::sync::Barrier;
use std::thread;

use backfill::error::Error;
use backfill::preparation::{self, Departure, Tab};

use super::order;
use crate::support::app::Shop;

#[actix_web::test]
async fn of_two_pickers_one_gets_the_order_and_the_other_is_told() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 5);
    let wanted = order("SO-1", 1).line(&mug, 5).place(&shop);
    let (warehouse, picker, db) = (shop.primary_warehouse().id, shop.picker(), shop.db());
    let together = Barrier::new(2);
    let reach = || {
        together.wait();
        db.write_now(picker, |act| {
            Ok(preparation::prepare(act, wanted, warehouse)?)
        })
    };

    let outcomes = thread::scope(|scope| {
        let other = scope.spawn(reach);
        [reach(), other.join().expect("no panic")]
    });

    let told: Vec<String> = outcomes.iter().filter_map(refusal).collect();
    assert_eq!(told, ["SO-1 is already in preparation here, in SH-000001."]);
    assert_eq!(shop.tab_counts(), [(Tab::InProgress, 1)]);
}

#[actix_web::test]
async fn of_two_packers_one_ships_and_stock_leaves_once() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 5);
    let parcel = shop.prepares(order("SO-1", 1).line(&mug, 5).place(&shop));
    let (packer, db) = (shop.picker(), shop.db());
    let together = Barrier::new(2);
    let ship = || {
        together.wait();
        db.write_now(packer, |act| {
            Ok(preparation::ship(act, parcel, &Departure::default())?)
        })
    };

    let outcomes = thread::scope(|scope| {
        let other = scope.spawn(ship);
        [ship(), other.join().expect("no panic")]
    });

    let told: Vec<String> = outcomes.iter().filter_map(refusal).collect();
    assert_eq!(told, ["SH-000001 has already left."]);
    assert_eq!(shop.tab_counts(), [(Tab::Shipped, 1)]);
}

fn refusal<T>(outcome: &Result<T, Error>) -> Option<String> {
    match outcome {
        Ok(_) => None,
        Err(Error::Refused(why)) => Some(why.clone()),
        Err(error) => panic!("{error}"),
    }
}
