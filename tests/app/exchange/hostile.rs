//! Bytes of any kind: a file is read or refused, and no line of it is lost.

use std::fs;

use backfill::exchange::imports::orders::{Choices, Known, read};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::reading::{accounts_for_every_line, now};

/// Files as shops export them, and the beginning of the demo's.
fn files() -> Vec<Vec<u8>> {
    let cases = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/app/exchange/cases");
    let mut files: Vec<Vec<u8>> = fs::read_dir(cases)
        .expect("the folder is there")
        .map(|file| fs::read(file.expect("it is listed").path()).expect("it can be read"))
        .collect();
    let demo = include_bytes!("../../../src/demo/online-retail-orders.csv");
    files.push(demo[..2_000].to_vec());
    files
}

/// What most often stands where nobody expects it.
const ODD: &[&str] = &[
    "\u{e9}",
    "\u{1f600}",
    "\u{202f}",
    "\u{feff}",
    "\0",
    "\"",
    "\"\"",
    "\n",
    "\r\n",
    ",",
    ";",
    "\t",
    ":",
    "+",
    "-",
    ".",
    "T",
    "Z",
    "'",
    "\u{2212}",
    "1E+5",
    "99999999999999999999",
    "0",
    "\u{20ac}",
    "PM",
    "-00:00",
    "sep=;\n",
    "'00501",
    "\u{200b}",
    "\u{2011}",
    "CAD",
    "cancelled",
    "\n\n",
];

/// A file with a few of its bytes replaced, taken out, or something put between them.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<Index>(), 0_usize..4, any::<u8>(), select(ODD));
    (select(files()), vec(change, 1..12)).prop_map(|(mut file, changes)| {
        for (at, how, byte, odd) in changes {
            if file.is_empty() {
                break;
            }
            let at = at.index(file.len());
            match how {
                0 => file[at] = byte,
                1 => drop(file.remove(at)),
                2 => file.truncate(at),
                _ => drop(file.splice(at..at, odd.bytes())),
            }
        }
        file
    })
}

fn is_read_or_refused(bytes: &[u8]) {
    let known = Known {
        currency: "EUR".into(),
        zone: "Europe/Paris".parse().expect("a zone"),
        ..Known::default()
    };
    for chosen in [false, true] {
        let choices = Choices {
            without_refused: chosen,
            with_closed: chosen,
            ..Choices::default()
        };
        if let Ok(reading) = read(bytes, &known, choices, now()) {
            accounts_for_every_line(&reading);
        }
    }
}

/// Cells of any text under heads that are known.
fn cells() -> impl Strategy<Value = Vec<u8>> {
    let cell = prop_oneof![
        "\\PC{0,12}",
        "[-0-9.,:TZ+ EPM/\u{e9}\u{20ac}]{0,24}",
        Just("1".to_owned())
    ];
    let status = prop_oneof![
        Just(String::new()),
        Just("Cancelled".to_owned()),
        Just("partially_refunded".to_owned()),
        "\\PC{0,12}"
    ];
    let row = (vec(cell, 10), status).prop_map(|(mut cells, status)| {
        cells.push(status);
        cells
    });
    vec(row, 1..6).prop_map(|rows| {
        let rows = rows.into_iter().map(|cells| cells.join("\t"));
        let head = "order\tsku\tqty\tprice\tline_total\tcurrency\tdescription\tdate\trequired_by\tcustomer\tstatus";
        [head.to_owned()]
            .into_iter()
            .chain(rows)
            .collect::<Vec<_>>()
            .join("\n")
            .into_bytes()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..600)) {
        is_read_or_refused(&bytes);
    }

    #[test]
    fn any_bytes_below_a_head_are_read_or_refused(bytes in vec(any::<u8>(), 0..600)) {
        let head = b"order,sku,qty,price,date,required_by,customer\n";
        is_read_or_refused(&[head.as_slice(), &bytes].concat());
    }

    #[test]
    fn any_cells_are_read_or_refused(file in cells()) {
        is_read_or_refused(&file);
    }

    #[test]
    fn a_damaged_file_is_read_or_refused(file in damaged()) {
        is_read_or_refused(&file);
    }
}
