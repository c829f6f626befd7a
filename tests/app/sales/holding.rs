//! An order is stopped, and goes on.

use backfill::sales;
use backfill::types::OrderId;
use diesel::prelude::*;

use super::desk::Desk;

fn hold(desk: &Desk, order: OrderId) -> Result<(), sales::Error> {
    desk.attempt(80, |act| sales::hold(act, order, "unpaid"))
}

fn release(desk: &Desk, order: OrderId) -> Result<(), sales::Error> {
    desk.attempt(85, |act| sales::release(act, order))
}

#[actix_web::test]
async fn an_order_on_hold_keeps_its_stock_and_its_place() {
    let desk = Desk::open().await;
    let order = desk.order("A", &[("MUG", 5)], 0);
    desk.stock("MUG", 5);

    hold(&desk, order).expect("it is open");
    assert_eq!(
        (desk.tab(order).as_str(), desk.reserved(order)),
        ("held", vec![5])
    );

    release(&desk, order).expect("it is on hold");
    assert_eq!(
        (desk.tab(order).as_str(), desk.reserved(order)),
        ("reserved", vec![5])
    );
}

#[actix_web::test]
async fn where_the_company_says_so_an_order_on_hold_gives_its_stock_to_the_next() {
    let desk = Desk::open().await;
    desk.shop.write(|conn| {
        use backfill::schema::company;
        diesel::update(company::table)
            .set(company::held_orders_keep_stock.eq(false))
            .execute(conn.conn())?;
        Ok(())
    });
    let first = desk.order("A", &[("MUG", 5)], 0);
    let second = desk.order("B", &[("MUG", 5)], 1);
    desk.stock("MUG", 5);

    hold(&desk, first).expect("it is open");
    assert_eq!(
        (desk.reserved(first), desk.reserved(second)),
        (vec![0], vec![5])
    );

    release(&desk, first).expect("it is on hold");
    assert_eq!(
        (desk.reserved(first), desk.reserved(second)),
        (vec![5], vec![0])
    );
}

#[actix_web::test]
async fn nothing_is_held_or_released_twice() {
    let desk = Desk::open().await;
    let order = desk.order("A", &[("MUG", 5)], 0);

    assert_eq!(release(&desk, order), Err(sales::Error::NotOnHold));
    hold(&desk, order).expect("it is open");
    assert_eq!(
        hold(&desk, order),
        Err(sales::Error::OnHold("unpaid".into()))
    );
}

#[actix_web::test]
async fn an_order_on_hold_cannot_be_prepared() {
    let desk = Desk::open().await;
    let held = desk.order("B", &[("CUP", 5)], 0);
    hold(&desk, held).expect("it is open");

    let mut conn = desk.shop.connect();
    let locked = conn.transaction(|conn| sales::lock_open(conn, held).map(|order| order.id));

    assert_eq!(locked, Err(sales::Error::OnHold("unpaid".into())));
}
