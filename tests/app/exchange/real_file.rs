//! The file of the demo, which was not cleaned on purpose: its exact figures.

use std::collections::BTreeMap;

use backfill::exchange::imports::orders::{Choices, Known, RemarkKind, Why, read};

use super::reading::{accounts_for_every_line, lines_noted, lines_taken, now};

const FILE: &[u8] = include_bytes!("../../../src/demo/online-retail-orders.csv");

#[test]
fn every_line_of_the_real_file_is_accounted_for() {
    let reading = read(FILE, &Known::default(), Choices::default(), now()).expect("it can be read");

    accounts_for_every_line(&reading);
    assert_eq!(reading.lines, 10_000);
    assert_eq!(reading.orders.len(), 423);
    assert_eq!(reading.order_lines(), 9_488);
    assert_eq!(lines_taken(&reading), 9_819);
    assert_eq!(lines_noted(&reading), 35);
    assert_eq!(reading.products.len(), 1_958);
    assert_eq!(reading.total().to_string(), "184,233.33");
    assert_eq!(reading.refusals.len(), 45);
    let reason = "No customer and nothing to pay: a stock correction, not an order.";
    assert!(
        reading
            .refusals
            .iter()
            .all(|refusal| refusal.reason == reason)
    );
    assert_eq!(reading.refusals[0].line, 624);
}

#[test]
fn what_is_left_out_of_the_real_file_is_named() {
    let reading = read(FILE, &Known::default(), Choices::default(), now()).expect("it can be read");

    let cancelled = reading
        .skipped
        .iter()
        .filter(|document| document.why == Why::Cancellation);
    assert_eq!(
        (
            cancelled.clone().count(),
            cancelled.map(|document| document.lines).sum()
        ),
        (43, 100_usize)
    );
    let charges: Vec<_> = reading
        .skipped
        .iter()
        .filter(|document| document.why == Why::OnlyCharges)
        .map(|document| document.reason())
        .collect();
    assert_eq!(
        charges,
        ["536779 holds charges and no goods: nothing to ship."]
    );
    assert_eq!(reading.skipped.len(), 44);
}

#[test]
fn what_was_decided_about_the_real_file_is_said() {
    let reading = read(FILE, &Known::default(), Choices::default(), now()).expect("it can be read");

    let mut counts: BTreeMap<RemarkKind, usize> = BTreeMap::new();
    for remark in &reading.remarks {
        *counts.entry(remark.kind).or_default() += 1;
    }
    assert_eq!(counts[&RemarkKind::Merged], 331);
    assert_eq!(counts[&RemarkKind::Charge], 35);
    assert_eq!(counts[&RemarkKind::Guest], 23);
    assert_eq!(counts[&RemarkKind::Free], 1);
    assert_eq!(counts[&RemarkKind::SkuForm], 36);
    assert_eq!(counts.get(&RemarkKind::Unnamed), None);
}
