//! Orders arrive, and get what stock there is.

use backfill::sales;
use backfill::stock::{Look, Priority, When};
use backfill::types::Money;
use chrono::Utc;

use super::desk::{Desk, units};

#[actix_web::test]
async fn of_three_orders_of_five_a_delivery_of_seven_serves_one_and_a_part_of_the_next() {
    let desk = Desk::open().await;
    let first = desk.order("A", &[("MUG", 5)], 0);
    let second = desk.order("B", &[("MUG", 5)], 1);
    let third = desk.order("C", &[("MUG", 5)], 2);

    desk.stock("MUG", 7);

    let reserved = [first, second, third].map(|order| desk.reserved(order)[0]);
    let tabs = [first, second, third].map(|order| desk.tab(order));
    assert_eq!(reserved, [5, 2, 0]);
    assert_eq!(tabs, ["reserved", "partial", "missing"]);
}

#[actix_web::test]
async fn an_order_takes_what_lies_there_in_the_moment_it_is_placed() {
    let desk = Desk::open().await;
    desk.stock("MUG", 3);

    let order = desk.order("A", &[("MUG", 2), ("CUP", 1)], 0);

    let looks: Vec<Look> = desk
        .looks(order)
        .iter()
        .map(|look| look.look(Utc::now().date_naive()))
        .collect();
    assert_eq!(looks, [Look::Reserved, Look::Missing(When::NotOnOrder)]);
    assert_eq!(desk.tab(order), "partial");
    assert_eq!(
        desk.order_now(order).total,
        Money::parse("30").expect("money")
    );
}

#[actix_web::test]
async fn an_urgent_order_goes_before_those_that_came_earlier() {
    let desk = Desk::open().await;
    let early = desk.order("A", &[("MUG", 5)], 0);
    let mut new = desk.new_order("B", &[("MUG", 5)], 1);
    new.priority = Priority::Urgent;
    let urgent = desk.place(&new);

    desk.stock("MUG", 5);

    assert_eq!(
        (desk.reserved(urgent), desk.reserved(early)),
        (vec![5], vec![0])
    );
}

#[actix_web::test]
async fn orders_without_a_number_get_the_next_of_ours_in_the_order_given() {
    let desk = Desk::open().await;
    let orders: Vec<_> = (0..3)
        .map(|at| {
            let mut order = desk.new_order("", &[("MUG", 1)], at);
            order.number = None;
            order.note = format!("number {at}");
            order
        })
        .collect();

    let placed = desk.place_all(&orders).expect("they can be placed");

    let placed: Vec<_> = placed.into_iter().map(|id| desk.order_now(id)).collect();
    let numbers: Vec<_> = placed.iter().map(|order| order.number.as_str()).collect();
    let notes: Vec<_> = placed.iter().map(|order| order.note.as_str()).collect();
    assert_eq!(numbers, ["SO-000001", "SO-000002", "SO-000003"]);
    assert_eq!(notes, ["number 0", "number 1", "number 2"]);
}

#[actix_web::test]
async fn a_number_in_use_is_named_and_nothing_is_placed() {
    let desk = Desk::open().await;
    desk.order("WEB-1", &[("MUG", 1)], 0);
    let orders = ["WEB-2", "WEB-1"].map(|number| desk.new_order(number, &[("MUG", 1)], 1));

    let refused = desk.attempt(1, |act| sales::place(act, &orders));

    assert_eq!(refused, Err(sales::Error::NumberTaken("WEB-1".into())));
    let twice = ["WEB-3", "WEB-3"].map(|number| desk.new_order(number, &[("MUG", 1)], 1));
    assert!(desk.place_all(&twice).is_err());
    let page = desk.shop.user().await.page("/orders?q=WEB").await;
    assert_eq!(page.table("Orders").rows.len(), 1);
}

#[actix_web::test]
async fn a_thousand_orders_take_as_many_statements_as_ten() {
    let desk = Desk::open().await;
    desk.stock("MUG", 700);
    let many = |from: i64, to: i64| -> Vec<_> {
        (from..to)
            .map(|at| desk.new_order(&format!("N{at}"), &[("MUG", 1), ("CUP", 2)], at))
            .collect()
    };
    let (few, lots) = (many(0, 10), many(10, 1010));
    let statements = |orders: &[sales::NewOrder]| {
        let before = desk.shop.db().statements();
        let placed = desk.place_all(orders).expect("they can be placed");
        (placed, desk.shop.db().statements() - before)
    };

    let (_, of_few) = statements(&few);
    let (placed, of_lots) = statements(&lots);

    assert_eq!(of_lots, of_few);
    let last = desk.order_now(placed[999]);
    assert_eq!(last.number, "N1009");
    assert_eq!(desk.reserved(placed[689]), [1, 0]);
    assert_eq!(desk.reserved(placed[690]), [0, 0]);
}

#[actix_web::test]
async fn an_order_of_nothing_or_of_an_archived_product_is_refused() {
    let desk = Desk::open().await;
    let mut empty = desk.new_order("A", &[], 0);
    let mut nothing = desk.new_order("B", &[("MUG", 1)], 0);
    nothing.lines[0].ordered = units(0);
    let archived = desk.new_order("C", &[("OLD", 1)], 0);
    let old = desk.product("OLD");
    desk.shop
        .write(|conn| Ok(backfill::catalog::archive_product(conn, old).map(|_| ())?));

    let place = |order| desk.attempt(0, |act| sales::place(act, &[order]));

    empty.lines.clear();
    assert_eq!(place(empty), Err(sales::Error::NoLines));
    assert_eq!(place(nothing), Err(sales::Error::NothingOrdered));
    assert!(matches!(place(archived), Err(sales::Error::Archived(_))));
}
