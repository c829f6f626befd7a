//! From what is reserved to a parcel that leaves.

use backfill::db::{Act, Who};
use backfill::preparation::{self, Error, ShipmentStatus, Tab};
use backfill::sales::{self, OrderStatus};
use backfill::types::Quantity;
use diesel::Connection;

use super::order;
use crate::support::app::Shop;
use crate::support::looks::looks_of;

#[actix_web::test]
async fn an_order_that_ships_wholly_is_closed() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 5);
    let whole = order("SO-1", 1).line(&mug, 5).place(&shop);

    let parcel = shop.ships(shop.prepares(whole));

    assert_eq!(parcel.number, "SH-000001");
    assert_eq!(parcel.status, ShipmentStatus::Shipped);
    assert_eq!(parcel.tracking_number, format!("0034-{}", parcel.id));
    assert_eq!(shop.status_of(whole), OrderStatus::Shipped);
    assert_eq!(shop.tab_counts(), [(Tab::Shipped, 1)]);
}

#[actix_web::test]
async fn a_partial_order_ships_what_is_reserved_and_keeps_its_place_for_the_rest() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 2);
    let early = order("SO-1", 1).line(&mug, 5).place(&shop);
    let late = order("SO-2", 2).line(&mug, 1).place(&shop);

    shop.ships(shop.prepares(early));

    assert_eq!(shop.status_of(early), OrderStatus::Open);
    assert_eq!(shop.tab_counts(), [(Tab::Backorder, 2)]);
    shop.has(&mug, 3);
    let reserved = [early, late].map(|order| {
        let looks = shop.read(|conn| Ok(looks_of(conn, &[order])?));
        looks[0].1.reserved.get()
    });
    assert_eq!(reserved, [3, 0]);
    assert_eq!(shop.tab_counts(), [(Tab::InStock, 1), (Tab::Backorder, 1)]);
}

#[actix_web::test]
async fn a_parcel_given_back_returns_its_units_and_may_be_prepared_again() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 5);
    let asked = order("SO-1", 1).line(&mug, 5).place(&shop);
    let (parcel, picker) = (shop.prepares(asked), shop.picker());

    shop.write_as(picker, |act| Ok(preparation::give_back(act, parcel)?));

    assert_eq!(shop.tab_counts(), [(Tab::InStock, 1)]);
    shop.ships(shop.prepares(asked));
    assert_eq!(shop.status_of(asked), OrderStatus::Shipped);
}

#[actix_web::test]
async fn a_parcel_takes_only_the_steps_of_its_way() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 1);
    let parcel = shop.prepares(order("SO-1", 1).line(&mug, 1).place(&shop));
    let conn = &mut shop.connect();
    let act = &mut Act::new(conn, shop.picker());

    let packed_first = preparation::pack_unscanned(act, parcel);
    preparation::mark_picked(act, parcel).expect("it is to pick");
    let picked_twice = preparation::mark_picked(act, parcel);
    preparation::pack_unscanned(act, parcel).expect("it is picked");
    shop.ships(parcel);
    let given_back = preparation::give_back(act, parcel);

    let step = |from, to| {
        let number = "SH-000001".to_owned();
        Err(Error::Step { number, from, to })
    };
    use ShipmentStatus::{Cancelled, Packed, Picked, Shipped, ToPick};
    assert_eq!(packed_first, step(ToPick, Packed));
    assert_eq!(picked_twice, step(Picked, Picked));
    assert_eq!(given_back, step(Shipped, Cancelled));
}

#[actix_web::test]
async fn an_order_in_a_parcel_is_not_cancelled() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 5);
    let taken = order("SO-1", 1).line(&mug, 5).place(&shop);
    shop.prepares(taken);
    let conn = &mut shop.connect();

    let cancelled = conn.transaction(|conn| {
        let act = &mut Act::new(conn, Who::BACKFILL);
        sales::cancel(act, taken, "No longer wanted")
    });

    assert_eq!(
        cancelled.expect_err("it is in a parcel").to_string(),
        "Being prepared: 5 of MUG (line 1) in SH-000001. Give that parcel back first."
    );
    assert_eq!(shop.tab_counts(), [(Tab::InProgress, 1)]);
}

#[actix_web::test]
async fn an_order_that_ships_complete_only_waits_for_its_last_unit() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 3);
    let whole = order("SO-1", 1).line(&mug, 5).complete_only().place(&shop);
    let (warehouse, picker) = (shop.primary_warehouse().id, shop.picker());

    let refused =
        preparation::prepare(&mut Act::new(&mut shop.connect(), picker), whole, warehouse);

    let missing = Quantity::new(2);
    let order = "SO-1".to_owned();
    assert_eq!(refused, Err(Error::Incomplete { order, missing }));
    assert_eq!(shop.tab_counts(), [(Tab::Partial, 1)]);
    shop.has(&mug, 2);
    shop.ships(shop.prepares(whole));
    assert_eq!(shop.status_of(whole), OrderStatus::Shipped);
}

#[actix_web::test]
async fn of_several_orders_those_that_can_be_taken_are() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 6);
    let ready = order("SO-1", 1).line(&mug, 2).place(&shop);
    let taken = order("SO-2", 2).line(&mug, 2).place(&shop);
    let partly = order("SO-3", 3).line(&mug, 5).complete_only().place(&shop);
    let missing = order("SO-4", 4).line(&mug, 1).place(&shop);
    let held = order("SO-5", 5).line(&mug, 1).place(&shop);
    shop.prepares(taken);
    shop.write(|conn| Ok(sales::hold(conn, held, "Unpaid")?));
    let (warehouse, picker) = (shop.primary_warehouse().id, shop.picker());

    let all = [held, missing, partly, taken, ready];
    let batch = shop.write_as(picker, |act| {
        Ok(preparation::prepare_all(act, &all, warehouse)?)
    });

    assert_eq!(batch.begun.len(), 1);
    let mut refused: Vec<_> = batch.refused.iter().map(|(order, _)| *order).collect();
    refused.sort();
    assert_eq!(refused, [taken, partly, missing, held]);
    let tabs = [
        (Tab::Partial, 1),
        (Tab::Backorder, 1),
        (Tab::OnHold, 1),
        (Tab::InProgress, 2),
    ];
    assert_eq!(shop.tab_counts(), tabs);
}

#[actix_web::test]
async fn forty_orders_are_taken_in_as_many_statements_as_they_have_locks() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 80);
    let orders: Vec<_> = (0..40)
        .map(|at| {
            let number = Box::leak(format!("SO-{at:02}").into_boxed_str());
            order(number, at).line(&mug, 2).place(&shop)
        })
        .collect();
    let (warehouse, picker) = (shop.primary_warehouse().id, shop.picker());
    let take = |orders: &[_]| {
        let before = shop.db().statements();
        shop.write_as(picker, |act| {
            Ok(preparation::prepare_all(act, orders, warehouse)?)
        });
        shop.db().statements() - before
    };

    let (few, many) = (take(&orders[..2]), take(&orders[2..]));

    assert_eq!(few - 2, many - 38, "beyond one lock for each order");
    assert_eq!(shop.tab_counts(), [(Tab::InProgress, 40)]);
}
