//! Orders are changed after they were placed.

use std::sync::Barrier;
use std::thread;

use backfill::db::{Act, Who};
use backfill::sales::{self, OrderStatus};
use backfill::stock::Priority;
use backfill::types::Money;
use diesel::prelude::*;

use super::desk::{Desk, minute, units};
use crate::support::looks::places_of;

#[actix_web::test]
async fn fewer_units_give_back_more_units_ask_for_more() {
    let desk = Desk::open().await;
    let first = desk.order("A", &[("MUG", 5)], 0);
    let second = desk.order("B", &[("MUG", 5)], 1);
    desk.stock("MUG", 7);

    desk.edit(first, |input| input.lines[0].wanted = units(3));
    assert_eq!(
        (desk.reserved(first), desk.reserved(second)),
        (vec![3], vec![4])
    );

    desk.edit(first, |input| input.lines[0].wanted = units(6));
    assert_eq!(
        (desk.reserved(first), desk.reserved(second)),
        (vec![6], vec![1])
    );
    assert_eq!(
        desk.order_now(first).total,
        Money::parse("60").expect("money")
    );
}

#[actix_web::test]
async fn lines_are_added_and_taken_out() {
    let desk = Desk::open().await;
    let order = desk.order("A", &[("MUG", 5), ("CUP", 1)], 0);
    let next = desk.order("B", &[("CUP", 1)], 1);
    desk.stock("CUP", 1);
    desk.stock("BOWL", 2);

    let bowl = desk.new_line("BOWL", 2);
    desk.edit(order, |input| {
        input.lines.remove(1);
        input.lines.push(bowl);
    });

    let lines = desk.lines(order);
    let wanted: Vec<u32> = lines.iter().map(|line| line.wanted().get()).collect();
    assert_eq!(wanted, [5, 0, 2]);
    assert_eq!(desk.reserved(order), [0, 0, 2]);
    assert_eq!(desk.reserved(next), [1]);
    assert_eq!(
        desk.order_now(order).total,
        Money::parse("70").expect("money")
    );
}

#[actix_web::test]
async fn a_higher_priority_moves_all_lines_ahead() {
    let desk = Desk::open().await;
    let first = desk.order("A", &[("MUG", 5)], 0);
    let second = desk.order("B", &[("MUG", 5)], 1);
    desk.stock("MUG", 5);

    desk.edit(second, |input| input.priority = Some(Priority::High));

    assert_eq!(
        (desk.reserved(first), desk.reserved(second)),
        (vec![0], vec![5])
    );
}

#[actix_web::test]
async fn an_earlier_date_moves_ahead_too() {
    let desk = Desk::open().await;
    let first = desk.order("A", &[("MUG", 5)], 0);
    let second = desk.order("B", &[("MUG", 5)], 1);
    desk.stock("MUG", 5);

    let soon = minute(0).date_naive();
    desk.edit(second, |input| input.required_by = Some(soon));

    assert_eq!(
        (desk.reserved(first), desk.reserved(second)),
        (vec![0], vec![5])
    );
}

#[actix_web::test]
async fn a_line_moves_to_another_warehouse_with_what_it_asks_for() {
    let desk = Desk::open().await;
    let lyon = desk.shop.warehouse("LYON");
    let order = desk.order("A", &[("MUG", 5), ("CUP", 1)], 0);
    let next = desk.order("B", &[("MUG", 5)], 1);
    desk.stock("MUG", 5);

    desk.edit(order, |input| input.lines[0].warehouse = Some(lyon));

    assert_eq!(
        (desk.reserved(order), desk.reserved(next)),
        (vec![0, 0], vec![5])
    );
    let places = desk.shop.read(|conn| Ok(places_of(conn, order)?));
    let at_lyon = places.iter().filter(|place| place.warehouse == lyon);
    assert_eq!((places.len(), at_lyon.count()), (2, 1));
}

#[actix_web::test]
async fn nothing_goes_below_what_left_or_lies_in_a_parcel() {
    let desk = Desk::open().await;
    let order = desk.order("A", &[("MUG", 9)], 0);
    desk.stock("MUG", 2);
    desk.ship(order);
    desk.stock("MUG", 3);
    desk.take(order);
    let version = desk.order_now(order).version;
    let mut input = desk.input(order);

    input.lines[0].wanted = units(4);
    let below = desk.try_edit(order, version, &input);
    input.lines.clear();
    let out = desk.try_edit(order, version, &input);
    input = desk.input(order);
    input.lines[0].wanted = units(5);
    let exactly = desk.try_edit(order, version, &input);

    let said = |refused: Result<(), sales::Error>| refused.expect_err("3 stay there").to_string();
    assert_eq!(
        said(below),
        "At least 5: 2 already left, and 3 of MUG (line 1) in SH-000002 are being prepared."
    );
    assert_eq!(
        said(out),
        "Being prepared: 3 of MUG (line 1) in SH-000002. Give that parcel back first."
    );
    assert_eq!(exactly, Ok(()));
}

#[actix_web::test]
async fn an_edit_of_what_somebody_changed_meanwhile_is_refused() {
    let desk = Desk::open().await;
    let order = desk.order("A", &[("MUG", 5)], 0);
    let read = desk.order_now(order).version;
    desk.edit(order, |input| input.note = "leave at the door".into());

    let late = desk.try_edit(order, read, &desk.input(order));

    assert_eq!(late, Err(sales::Error::Stale));
}

#[actix_web::test]
async fn of_two_edits_at_once_one_is_told_to_look_again() {
    let desk = Desk::open().await;
    desk.stock("MUG", 20);
    let order = desk.order("A", &[("MUG", 5)], 0);
    let version = desk.order_now(order).version;
    let inputs = [7, 9].map(|wanted| {
        let mut input = desk.input(order);
        input.lines[0].wanted = units(wanted);
        (desk.shop.connect(), input)
    });

    let barrier = Barrier::new(2);
    let mut outcomes: Vec<Result<(), sales::Error>> = thread::scope(|scope| {
        let edits = inputs.map(|(mut conn, input)| {
            let barrier = &barrier;
            scope.spawn(move || {
                barrier.wait();
                conn.transaction(|conn| {
                    let act = &mut Act::new(conn, Who::BACKFILL.at(minute(90)));
                    sales::edit(act, order, version, &input)
                })
            })
        });
        edits
            .into_iter()
            .map(|edit| edit.join().expect("it ends"))
            .collect()
    });

    outcomes.sort_by_key(Result::is_err);
    assert_eq!(outcomes, [Ok(()), Err(sales::Error::Stale)]);
    let wanted = desk.lines(order)[0].wanted().get();
    assert!([7, 9].contains(&wanted), "{wanted}");
    assert_eq!(desk.reserved(order), [wanted]);
}

#[actix_web::test]
async fn an_order_is_left_with_something_or_cancelled() {
    let desk = Desk::open().await;
    let order = desk.order("A", &[("MUG", 5)], 0);
    let mut input = desk.input(order);
    input.lines[0].wanted = units(0);

    let refused = desk.try_edit(order, 0, &input);

    assert_eq!(refused, Err(sales::Error::NoLines));
    assert_eq!(desk.order_now(order).status, OrderStatus::Open);
}
