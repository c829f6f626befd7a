//! An order comes in whole or not at all, whatever its lines leave blank.

use backfill::exchange::imports::orders::{Choices, Known, RemarkKind, Why, read};

use super::reading::{accounts_for_every_line, goods, lines, lines_with, now, refused, remarked};

const ORPHAN: &str = "The order number is missing.";

#[test]
fn lines_that_leave_blank_what_the_order_said_belong_to_the_order_above() {
    let reading = lines(&[
        "1001,MUG,A mug,6,2026-11-20,2.55,17850,UK",
        ",BOWL,A bowl,2,,3,,",
        ",CUP,A cup,1,2026-11-20,4,17850,UK",
        "1002,MUG,A mug,1,2026-11-21,2.55,13047,France",
        ",BOWL,A bowl,5,,3,,",
    ]);

    assert_eq!(refused(&reading), []);
    let orders: Vec<_> = reading
        .orders
        .iter()
        .map(|order| {
            (
                order.number.as_str(),
                order.customer_name(),
                order.lines.len(),
            )
        })
        .collect();
    assert_eq!(orders, [("1001", "17850", 3), ("1002", "13047", 2)]);
    let said = [3, 4, 6].map(|line| (line, RemarkKind::Continued));
    assert_eq!(remarked(&reading), said);
}

#[test]
fn a_number_that_stands_on_every_line_may_go_with_blank_customers_and_dates() {
    let reading = lines(&[
        "1001,MUG,A mug,6,2026-11-20,2.55,17850,UK",
        "1001,BOWL,A bowl,2,,3,,",
    ]);

    assert_eq!(refused(&reading), []);
    assert_eq!(reading.orders[0].lines.len(), 2);
    assert_eq!(reading.orders[0].customer_name(), "17850");
}

#[test]
fn a_first_line_that_belongs_to_nothing_keeps_the_order_below_out() {
    let reading = lines(&[
        ",MUG,A mug,6,2026-11-20,2.55,17850,UK",
        "1001,BOWL,A bowl,2,2026-11-20,3,17850,UK",
        "1002,CUP,A cup,2,2026-11-20,3,17850,UK",
    ]);

    assert_eq!(refused(&reading), [(2, ORPHAN)]);
    assert_eq!(reading.skipped[0].why, Why::Beside { line: 2 });
    assert_eq!(
        reading.skipped[0].reason(),
        "1001 stands beside line 2, which names no order: left out, since that line may be its own."
    );
    assert_eq!(goods(&reading), [("CUP", 2, "3.00".to_owned())]);
}

#[test]
fn a_line_of_another_customer_without_number_keeps_the_orders_around_it_out() {
    let file = [
        "1000,PIN,A pin,1,2026-11-19,1,17850,UK",
        "1001,MUG,A mug,6,2026-11-20,2.55,17850,UK",
        ",BOWL,A bowl,2,2026-11-20,3,13047,UK",
        ",CUP,A cup,1,,3,,",
        "1002,CUP,A cup,2,2026-11-20,3,12583,UK",
        "1003,PIN,A pin,2,2026-11-20,1,12583,UK",
    ];

    let reading = lines(&file);

    let other =
        "The order number is missing, and customer \"13047\" is not that of order 1001 above.";
    assert_eq!(refused(&reading), [(4, other), (5, ORPHAN)]);
    let left: Vec<_> = reading
        .skipped
        .iter()
        .map(|one| (one.order.as_str(), &one.why))
        .collect();
    assert_eq!(
        left,
        [
            ("1001", &Why::Beside { line: 4 }),
            ("1002", &Why::Beside { line: 5 })
        ]
    );
    assert_eq!(
        goods(&reading),
        [("PIN", 1, "1.00".to_owned()), ("PIN", 2, "1.00".to_owned())]
    );

    let choices = Choices {
        without_refused: true,
        ..Choices::default()
    };
    let chosen = lines_with(&file, &Known::default(), choices);
    assert_eq!(chosen.orders.len(), 4);
}

#[test]
fn a_line_whose_cells_are_shifted_keeps_the_orders_around_it_out() {
    let file = "date,order,sku,description,quantity,unit_price\n\
                2026-11-20,1001,MUG,A mug,6,2.55\n\
                2 Nov, 2026,1001,BOWL,A bowl,2,3\n\
                2026-11-20,1002,CUP,A cup,2,3\n\
                2026-11-20,1003,PIN,A pin,2,1\n";

    let reading = read(
        file.as_bytes(),
        &Known::default(),
        Choices::default(),
        now(),
    )
    .expect("a file");

    accounts_for_every_line(&reading);
    assert_eq!(reading.refusals[0].line, 3);
    let left: Vec<_> = reading
        .skipped
        .iter()
        .map(|one| one.order.as_str())
        .collect();
    assert_eq!(left, ["1001", "1002"]);
    assert_eq!(goods(&reading), [("PIN", 2, "1.00".to_owned())]);
}

#[test]
fn a_line_below_one_that_cannot_be_read_belongs_to_nothing() {
    let reading = lines(&[
        "1001,MUG,\"A mug,6,2026-11-20,2.55,17850,UK",
        ",BOWL,A bowl,2,,3,,",
        "1002,CUP,A cup,2,2026-11-20,3,12583,UK",
    ]);

    assert_eq!(reading.orders, []);
    assert_eq!(refused(&reading)[1], (3, ORPHAN));
}
