//! One file as many programs would write it.

use backfill::exchange::imports::orders::{Choices, Known, Reading, RemarkKind, read};

use super::reading::{accounts_for_every_line, now};

fn file(bytes: &[u8]) -> Reading {
    let reading =
        read(bytes, &Known::default(), Choices::default(), now()).expect("it can be read");
    accounts_for_every_line(&reading);
    reading
}

/// What every spelling below must come to.
fn is_the_usual_order(reading: &Reading, what: &str) {
    assert_eq!(reading.refusals, [], "{what}");
    let [order] = reading.orders.as_slice() else {
        panic!("{what}: {reading:#?}");
    };
    let lines: Vec<_> = order
        .lines
        .iter()
        .map(|line| {
            (
                line.sku.as_str(),
                line.name.as_str(),
                line.quantity.get(),
                line.unit_price.input(),
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            ("85123A", "CAF\u{c9}, \"large\"", 1_200, "2.55".to_owned()),
            ("71053", "Lantern", 6, "1234.50".to_owned())
        ],
        "{what}"
    );
    assert_eq!(
        (order.number.as_str(), order.customer_name()),
        ("536365", "17850"),
        "{what}"
    );
    assert_eq!(
        order.placed_at.to_rfc3339(),
        "2010-12-31T08:26:00+00:00",
        "{what}"
    );
}

const POINTS: &str = "order_number,sku,description,quantity,placed_at,unit_price,customer\n\
     536365,85123A,\"CAF\u{c9}, \"\"large\"\"\",1200,2010-12-31T08:26,2.55,17850\n\
     536365,71053,Lantern,6,2010-12-31T08:26,1234.5,17850\n";

const COMMAS: &str = "Menge;Kunde;Artikelnummer;Einzelpreis;Bezeichnung;Bestellnummer;Bestelldatum\r\n\
     1.200;17850;85123a;2,55 \u{20ac};\"CAF\u{c9}, \"\"large\"\"\";536365;31.12.2010 08:26\r\n\
     6;17850;71053;1.234,50;Lantern;536365;31.12.2010 08:26\r\n";

#[test]
fn encodings_line_ends_and_separators_say_the_same() {
    let utf16: Vec<u8> = COMMAS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let windows: Vec<u8> = COMMAS
        .chars()
        .map(|letter| {
            if letter == '\u{20ac}' {
                0x80
            } else {
                letter as u8
            }
        })
        .collect();
    let cases: [(&str, Vec<u8>); 9] = [
        ("UTF-8", POINTS.into()),
        ("UTF-8 with a mark", format!("\u{feff}{POINTS}").into()),
        ("CRLF", POINTS.replace('\n', "\r\n").into()),
        ("CR", POINTS.replace('\n', "\r").into()),
        ("commas", COMMAS.into()),
        ("UTF-16", utf16),
        ("Windows-1252", windows),
        ("tabs", COMMAS.replace(';', "\t").into()),
        ("bars", COMMAS.replace(';', "|").into()),
    ];
    for (what, bytes) in cases {
        is_the_usual_order(&file(&bytes), what);
    }
}

#[test]
fn how_a_file_was_read_is_told() {
    let format = file(COMMAS.as_bytes()).format;

    assert_eq!(format.encoding, "UTF-8");
    assert_eq!(format.separator, "semicolon");
    assert_eq!(format.decimals, "decimal comma");
    assert_eq!(format.dates.as_deref(), Some("day/month/year"));
}

#[test]
fn the_data_set_as_others_publish_it_is_read_too() {
    let reading = file(
        b"InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n\
          536365,85123A,Heart,6,12/1/2010 8:26,2.55,17850.0,United Kingdom\n\
          536370,22728,Clock,24,12/31/2010 8:45,3.75,12583.0,France\n",
    );

    assert_eq!(
        reading.orders[0].placed_at.to_rfc3339(),
        "2010-12-01T08:26:00+00:00"
    );
    assert_eq!(reading.orders[1].country, "France");
    assert_eq!(reading.orders[1].customer_name(), "12583");
}

#[test]
fn dates_that_could_be_two_are_decided_and_said() {
    let reading = file(b"order,sku,qty,price,date\n1,MUG,1,2.55,3/4/2026\n");

    assert_eq!(
        reading.orders[0].placed_at.to_rfc3339(),
        "2026-04-03T00:00:00+00:00"
    );
    let said = reading
        .remarks
        .iter()
        .find(|remark| remark.kind == RemarkKind::DayOrder);
    assert_eq!(
        said.map(|remark| remark.text.as_str()),
        Some("No date of the file tells day from month: read as day/month/year.")
    );
}

#[test]
fn a_file_without_dates_is_of_now_and_says_so() {
    let reading = file(b"order;sku;qty;price;colour\n1;MUG;1;2,55;blue\n");

    assert_eq!(reading.orders[0].placed_at, now());
    assert!(
        reading
            .remarks
            .iter()
            .any(|remark| remark.kind == RemarkKind::NoDate)
    );
    assert_eq!(reading.format.unused, ["colour"]);
}
