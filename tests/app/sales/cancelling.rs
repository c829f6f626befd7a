//! What is given up goes to those who wait, once.

use backfill::sales::{self, OrderStatus};
use backfill::schema::reservation_entries;
use backfill::types::{Money, OrderId, OrderLineId, Quantity};
use diesel::dsl::sum;
use diesel::prelude::*;

use super::desk::{Desk, units};

fn cancel(desk: &Desk, order: OrderId) -> Result<(), sales::Error> {
    desk.attempt(99, |act| sales::cancel(act, order, "customer called"))
}

fn cancel_line(desk: &Desk, order: OrderId, quantity: u32) -> Result<(), sales::Error> {
    let line = desk.lines(order)[0].id;
    let quantity = Quantity::new(quantity);
    desk.attempt(99, |act| {
        sales::cancel_line(act, order, line, quantity, "fewer")
    })
}

/// All decisions about a line, added up.
fn decided(desk: &Desk, line: OrderLineId) -> Option<i64> {
    desk.shop.read(|conn| {
        let of_line =
            reservation_entries::table.filter(reservation_entries::order_line_id.eq(line));
        Ok(of_line
            .select(sum(reservation_entries::change))
            .first(conn)?)
    })
}

#[actix_web::test]
async fn a_cancelled_order_gives_back_what_it_held_exactly_once() {
    let desk = Desk::open().await;
    let first = desk.order("A", &[("MUG", 5)], 0);
    let second = desk.order("B", &[("MUG", 5)], 1);
    desk.stock("MUG", 5);

    cancel(&desk, first).expect("it can be cancelled");
    let again = cancel(&desk, first);

    assert_eq!(again, Err(sales::Error::Closed(OrderStatus::Cancelled)));
    assert_eq!(desk.reserved(second), [5]);
    assert_eq!(decided(&desk, desk.lines(first)[0].id), Some(0));
    let now = desk.order_now(first);
    assert_eq!(
        (now.status, now.total),
        (OrderStatus::Cancelled, Money::ZERO)
    );
    assert!(now.closed_at.is_some());
}

#[actix_web::test]
async fn an_order_being_prepared_cannot_be_cancelled() {
    let desk = Desk::open().await;
    let order = desk.order("A", &[("MUG", 5)], 0);
    desk.stock("MUG", 2);
    desk.take(order);

    let refused = cancel(&desk, order);

    assert_eq!(
        refused.expect_err("it is in a parcel").to_string(),
        "Being prepared: 2 of MUG (line 1) in SH-000001. Give that parcel back first."
    );
    assert_eq!(desk.order_now(order).status, OrderStatus::Open);
    assert_eq!(desk.reserved(order), [2]);
}

#[actix_web::test]
async fn some_units_of_a_line_can_be_given_up() {
    let desk = Desk::open().await;
    let first = desk.order("A", &[("MUG", 5)], 0);
    let second = desk.order("B", &[("MUG", 5)], 1);
    desk.stock("MUG", 5);

    cancel_line(&desk, first, 2).expect("there are as many");
    let too_many = cancel_line(&desk, first, 4);

    assert_eq!(too_many, Err(sales::Error::TooManyCancelled(units(3))));
    assert_eq!(
        (desk.reserved(first), desk.reserved(second)),
        (vec![3], vec![2])
    );
    assert_eq!(
        desk.order_now(first).total,
        Money::parse("30").expect("money")
    );
}

#[actix_web::test]
async fn giving_up_the_last_units_closes_the_order() {
    let desk = Desk::open().await;
    let order = desk.order("A", &[("MUG", 5)], 0);

    cancel_line(&desk, order, 5).expect("there are as many");

    assert_eq!(desk.order_now(order).status, OrderStatus::Cancelled);
}

#[actix_web::test]
async fn what_left_stays_shipped_when_the_rest_is_cancelled() {
    let desk = Desk::open().await;
    let order = desk.order("A", &[("MUG", 5)], 0);
    desk.stock("MUG", 2);
    desk.ship(order);

    cancel(&desk, order).expect("the rest can be cancelled");

    let (now, line) = (desk.order_now(order), &desk.lines(order)[0]);
    assert_eq!(now.status, OrderStatus::Shipped);
    assert_eq!((line.shipped, line.cancelled), (units(2), units(3)));
    assert_eq!(now.total, Money::parse("20").expect("money"));
}

#[actix_web::test]
async fn the_last_unit_that_leaves_closes_the_order() {
    let desk = Desk::open().await;
    let order = desk.order("A", &[("MUG", 5)], 0);
    desk.stock("MUG", 2);
    desk.ship(order);
    assert_eq!(desk.order_now(order).status, OrderStatus::Open);

    desk.stock("MUG", 3);
    desk.ship(order);

    assert_eq!(desk.order_now(order).status, OrderStatus::Shipped);
    assert_eq!(desk.lines(order)[0].shipped, units(5));
}
