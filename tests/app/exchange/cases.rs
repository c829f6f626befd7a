//! Files as shops and marketplaces export them, and what must come of each.

use backfill::exchange::imports::orders::{Choices, Known, Reading, read};

use super::reading::{accounts_for_every_line, now, refused};

/// Reads a file of `cases`.
fn case(name: &str, bytes: &[u8]) -> Reading {
    let reading = read(bytes, &Known::default(), Choices::default(), now()).expect(name);
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
