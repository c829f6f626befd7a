//! Orders that need nothing more stay out, unless so chosen.

use backfill::exchange::imports::orders::{
    Choices, ClosedCount, Closing, Known, Reading, RemarkKind, read,
};

use super::reading::{accounts_for_every_line, goods, now, refused, remarked};

fn file(text: &str, with_closed: bool) -> Reading {
    let choices = Choices {
        with_closed,
        ..Choices::default()
    };
    let reading = read(text.as_bytes(), &Known::default(), choices, now()).expect("a file");
    accounts_for_every_line(&reading);
    reading
}

const ORDERS: &str = "order,status,sku,qty,price\n\
    1,Processing,MUG,6,2.55\n\
    2,Canceled,MUG,4,2.55\n\
    2,Canceled,BOWL,x,2.55\n\
    3,wc-completed,MUG,2,2.55\n\
    4,refunded,MUG,3,2.55\n";

#[test]
fn closed_orders_are_left_out_and_counted_by_status() {
    let reading = file(ORDERS, false);

    assert_eq!(refused(&reading), []);
    assert_eq!(goods(&reading), [("MUG", 6, "2.55".to_owned())]);
    let count = |kind, orders, lines, units| ClosedCount {
        kind,
        orders,
        lines,
        units,
    };
    assert_eq!(
        reading.closed(),
        [
            count(Closing::Cancelled, 1, 2, 4),
            count(Closing::Refunded, 1, 1, 3),
            count(Closing::Completed, 1, 1, 2),
        ]
    );
    assert_eq!(
        reading.skipped[0].reason(),
        "2 is cancelled: left out with 4 units."
    );
}

#[test]
fn closed_orders_are_imported_if_so_chosen() {
    let reading = file(ORDERS, true);

    assert_eq!(reading.closed(), []);
    let numbers: Vec<_> = reading
        .orders
        .iter()
        .map(|order| order.number.as_str())
        .collect();
    assert_eq!(numbers, ["1", "3", "4"]);
    assert_eq!(
        refused(&reading),
        [(4, "The quantity \"x\" is not a number.")]
    );
}

#[test]
fn a_closed_line_stays_out_and_the_rest_of_its_order_is_imported() {
    let reading = file(
        "order,fulfillment status,lineitem fulfillment status,sku,qty,price\n\
         1,partial,fulfilled,MUG,6,2.55\n\
         1,,pending,BOWL,2,3\n",
        false,
    );

    assert_eq!(goods(&reading), [("BOWL", 2, "3.00".to_owned())]);
    assert_eq!(
        reading.skipped[0].reason(),
        "1 has lines that are completed (1): left out with 6 units."
    );
    assert_eq!(reading.closed()[0].orders, 0);
}

#[test]
fn what_the_first_line_says_of_the_order_counts_for_lines_that_leave_it_blank() {
    let reading = file(
        "order,financial status,cancelled at,sku,qty,price\n\
         1,paid,2026-11-06,MUG,6,2.55\n\
         1,,,BOWL,2,3\n\
         2,refunded,,MUG,1,2.55\n\
         2,,,BOWL,1,3\n",
        false,
    );

    assert_eq!(reading.orders, []);
    let units: Vec<u64> = reading.closed().iter().map(|count| count.units).collect();
    assert_eq!(units, [8, 2]);
}

#[test]
fn a_status_nobody_knows_and_one_that_says_partly_are_imported_and_said_once_per_order() {
    let reading = file(
        "order,status,customer,sku,qty,price\n\
         1,In the moon,17850,MUG,6,2.55\n\
         1,In the moon,17850,BOWL,6,2.55\n\
         2,partially_refunded,17850,MUG,6,2.55\n",
        false,
    );

    assert_eq!(reading.order_lines(), 3);
    let said = remarked(&reading);
    assert!(said.contains(&(2, RemarkKind::UnknownStatus)), "{said:?}");
    assert!(said.contains(&(4, RemarkKind::Partly)), "{said:?}");
    assert!(!said.contains(&(3, RemarkKind::UnknownStatus)), "{said:?}");
}
