//! Files as shops and marketplaces export them, and what must come of each.

use std::collections::BTreeMap;

use backfill::exchange::imports::orders::{
    Choices, ClosedCount, Closing, Known, Reading, RemarkKind, read,
};

use backfill::types::Zone;

use super::reading::{accounts_for_every_line, amounts, goods, now, refused, remarked};

/// Reads a file of `cases`, for a company that counts in euros and is in Paris.
pub fn case(name: &str, bytes: &[u8]) -> Reading {
    let known = Known {
        currency: "EUR".into(),
        zone: "Europe/Paris".parse().expect("a zone"),
        ..Known::default()
    };
    let reading = read(bytes, &known, Choices::default(), now()).expect(name);
    accounts_for_every_line(&reading);
    reading
}

macro_rules! case {
    ($name:literal) => {
        case($name, include_bytes!(concat!("cases/", $name)))
    };
}

#[test]
fn a_letter_beyond_ascii_in_a_time_refuses_the_line() {
    let reading = case!("date-panic.csv");

    assert_eq!(reading.orders, []);
    assert_eq!(
        refused(&reading),
        [(2, "The date \"2026-11-02 14:05-r\u{e9}f\" cannot be read.")]
    );
}

#[test]
fn a_sku_that_a_spreadsheet_shortened_is_refused_by_line_column_and_value() {
    let reading = case!("scientific-min.csv");

    let reason = "The column sku says 1.23457E+12: a spreadsheet changed it. Export the file again and keep this \
                  column as text.";
    assert_eq!(refused(&reading), [(2, reason), (3, reason)]);
    assert_eq!(reading.products, []);
}

#[test]
fn a_line_that_nobody_can_pay_is_refused() {
    let reading = case!("huge-min.csv");

    assert_eq!(
        refused(&reading),
        [(
            2,
            "1000000 \u{d7} 1,000,000,000.00 is more than a document can come to (1,000,000,000,000.00)."
        )]
    );
    assert_eq!((reading.orders, reading.products), (vec![], vec![]));
}

#[test]
fn prices_with_six_and_eight_decimals_are_rounded_and_said_where_that_changes_them() {
    let reading = case!("six-decimals.csv");

    let price = || "8.3333".to_owned();
    assert_eq!(
        goods(&reading),
        [
            ("QA-C", 6, price()),
            ("QA-C", 6, price()),
            ("QA-C", 6, price())
        ]
    );
    assert_eq!(remarked(&reading), [(2, RemarkKind::Rounded)]);
}

#[test]
fn thousands_are_told_from_decimals_by_their_column() {
    let reading = case!("price-suffix.csv");

    assert_eq!(
        goods(&reading),
        [
            ("QA-SOFA", 1, "1234.00".to_owned()),
            ("QA-LAMP", 2, "2500.00".to_owned()),
            ("QA-VASE", 2, "99.50".to_owned())
        ]
    );
    assert_eq!(reading.total().to_string(), "6,433.00");
    assert_eq!(remarked(&reading), []);
}

#[test]
fn a_currency_behind_the_price_is_said() {
    let reading = case!("price-suffix-usd.csv");

    assert_eq!(goods(&reading), [("QA-SOFA2", 1, "1234.00".to_owned())]);
    assert_eq!(remarked(&reading), [(2, RemarkKind::Currency)]);
    assert_eq!(reading.orders[0].currency.as_deref(), Some("USD"));
}

#[test]
fn cancelled_and_completed_orders_are_left_out_and_counted() {
    let reading = case!("status.csv");

    assert_eq!(goods(&reading), [("QA-ST", 1, "5.00".to_owned())]);
    let count = |kind, units| ClosedCount {
        kind,
        orders: 1,
        lines: 1,
        units,
    };
    assert_eq!(
        reading.closed(),
        [count(Closing::Cancelled, 4), count(Closing::Completed, 2)]
    );
}

#[test]
fn vouchers_returns_and_services_are_told_from_goods() {
    let reading = case!("discount-line.csv");

    let orders: Vec<_> = reading
        .orders
        .iter()
        .map(|order| {
            (
                order.number.as_str(),
                order.lines[0].quantity.get(),
                order.total().to_string(),
            )
        })
        .collect();
    assert_eq!(
        orders,
        [
            ("QDL-1", 2, "54.00".to_owned()),
            ("QDL-2", 1, "30.00".to_owned()),
            ("QDL-3", 2, "63.00".to_owned()),
        ]
    );
    assert_eq!(
        amounts(&reading),
        [
            ("Voucher welcome", "-6.00".to_owned()),
            ("Gift wrapping", "3.00".to_owned())
        ]
    );
    assert_eq!(reading.products.len(), 1);
}

#[test]
fn skus_that_look_the_same_are_one_product() {
    let reading = case!("unicode-sku.csv");

    let mut units: BTreeMap<&str, u32> = BTreeMap::new();
    for (sku, quantity, _) in goods(&reading) {
        *units.entry(sku).or_default() += quantity;
    }
    let units: Vec<_> = units.into_iter().collect();
    assert_eq!(units, [("CAF\u{c9}-1", 3), ("QA-NB1", 6), ("QAZW-1", 9)]);
    assert_eq!(reading.products.len(), 3);
}

/// Order numbers and when they were placed, as the clock in Paris has it.
fn placed(reading: &Reading) -> Vec<(&str, String)> {
    let paris: Zone = "Europe/Paris".parse().expect("a zone");
    let told = |at| paris.wall(at).format("%d %b %H:%M").to_string();
    let orders = reading.orders.iter();
    orders
        .map(|order| (order.number.as_str(), told(order.placed_at)))
        .collect()
}

#[test]
fn days_are_read_in_every_way_they_are_written() {
    let reading = case!("date-odd.csv");

    let placed = placed(&reading);
    let expected = [
        // The hour that Paris has twice: what the file says tells which.
        ("QD-1", "25 Oct 02:30"),
        ("QD-2", "25 Oct 02:30"),
        ("QD-4", "02 Nov 13:30"),
        ("QD-5", "02 Nov 00:00"),
        ("QD-6", "02 Nov 00:00"),
        ("QD-7", "02 Nov 13:30"),
        ("QD-8", "02 Nov 13:30"),
        ("QD-9", "02 Nov 00:00"),
        ("QD-10", "02 Nov 09:00"),
        ("QD-11", "02 Nov 13:30"),
    ];
    assert_eq!(placed, expected.map(|(number, at)| (number, at.to_owned())));
    let instants: Vec<_> = reading.orders[..2]
        .iter()
        .map(|order| order.placed_at.to_rfc3339())
        .collect();
    assert_eq!(
        instants,
        ["2026-10-25T00:30:00+00:00", "2026-10-25T01:30:00+00:00"]
    );
    assert_eq!(
        refused(&reading),
        [(
            4,
            "The date \"2026-03-29 02:30:00\" is a time that clocks skip in Europe/Paris."
        )]
    );
    assert_eq!(remarked(&reading), [(1, RemarkKind::DayOrder)]);
}

#[test]
fn a_required_day_is_the_day_as_written_whatever_clock_and_zone_stand_behind_it() {
    let reading = case!("required-zone.csv");

    let days: Vec<_> = reading
        .orders
        .iter()
        .filter_map(|order| order.required_by)
        .collect();
    assert_eq!(
        days.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["2026-12-01"; 4]
    );
}

#[test]
fn half_past_midnight_is_the_day_that_it_is_in_the_zone_of_the_company() {
    let reading = case!("local-midnight.csv");

    let at = reading.orders[0].placed_at;
    let told = |zone: &str| {
        let zone: Zone = zone.parse().expect("a zone");
        zone.wall(at).format("%d %b %H:%M").to_string()
    };
    assert_eq!(told("Europe/Paris"), "02 Nov 00:30");
    assert_eq!(told("Europe/London"), "01 Nov 23:30");
}
