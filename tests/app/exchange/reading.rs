//! What lines of a file come to. Pure: no database.

use std::fmt::Write as _;

use backfill::exchange::Unreadable;
use backfill::exchange::imports::orders::{
    Choices, Known, KnownProduct, ReadLine, Reading, RemarkKind, Why, column_names, read,
};
use backfill::sheet;
use backfill::types::{Money, TooMuch};
use chrono::{DateTime, Utc};

pub const HEAD: &str =
    "order_number,sku,description,quantity,placed_at,unit_price,customer,country";

pub fn now() -> DateTime<Utc> {
    "2026-11-23T12:00:00Z".parse().expect("a moment")
}

/// Reads lines under the usual head; nothing is known.
pub fn lines(lines: &[&str]) -> Reading {
    lines_with(lines, &Known::default(), Choices::default())
}

pub fn lines_with(lines: &[&str], known: &Known, choices: Choices) -> Reading {
    let mut file = HEAD.to_owned();
    for line in lines {
        write!(file, "\n{line}").expect("it is memory");
    }
    let reading = read(file.as_bytes(), known, choices, now()).expect("the file can be read");
    accounts_for_every_line(&reading);
    reading
}

/// Every line of a file is in exactly one place.
pub fn accounts_for_every_line(reading: &Reading) {
    let left_out = reading.refusals.len() + reading.lines_skipped();
    assert_eq!(
        reading.lines,
        lines_taken(reading) + lines_noted(reading) + left_out,
        "{reading:#?}"
    );
}

/// Lines of a file that are imported as goods, each on its own or merged into another.
pub fn lines_taken(reading: &Reading) -> usize {
    let lines = reading.orders.iter().flat_map(|order| &order.lines);
    lines.map(|line| line.merged).sum()
}

/// Lines of a file that became an amount of their order, or took each other back.
pub fn lines_noted(reading: &Reading) -> usize {
    let orders = reading.orders.iter();
    orders.map(|order| order.amounts.len() + order.netted).sum()
}

fn catalog(products: &[(&str, &str, i64, bool)]) -> Known {
    let mut known = Known::default();
    for (sku, name, price, is_archived) in products {
        known.products.insert(
            (*sku).to_owned(),
            KnownProduct {
                name: (*name).to_owned(),
                price: Money::from_ten_thousandths(price * 100),
                is_archived: *is_archived,
            },
        );
    }
    known
}

pub fn refused(reading: &Reading) -> Vec<(usize, &str)> {
    let refusals = reading.refusals.iter();
    refusals
        .map(|refusal| (refusal.line, refusal.reason.as_str()))
        .collect()
}

pub fn remarked(reading: &Reading) -> Vec<(usize, RemarkKind)> {
    let remarks = reading.remarks.iter();
    remarks.map(|remark| (remark.line, remark.kind)).collect()
}

pub fn goods(reading: &Reading) -> Vec<(&str, u32, String)> {
    let all = reading.orders.iter().flat_map(|order| &order.lines);
    let told = |line: &'_ ReadLine| line.unit_price.input();
    all.map(|line| (line.sku.as_str(), line.quantity.get(), told(line)))
        .collect()
}

pub fn amounts(reading: &Reading) -> Vec<(&str, String)> {
    let all = reading.orders.iter().flat_map(|order| &order.amounts);
    all.map(|one| (one.name.as_str(), one.amount.input()))
        .collect()
}

#[test]
fn a_plain_file_becomes_orders() {
    let reading = lines(&[
        "1001,MUG,A mug,6,2026-11-20T08:26,2.55,17850,United Kingdom",
        "1002,BOWL,A bowl,1,2026-11-21,3,Ada Ltd,France",
        "1001,BOWL,A bowl,2,2026-11-20T08:26,3,17850,United Kingdom",
    ]);

    let numbers: Vec<_> = reading
        .orders
        .iter()
        .map(|order| order.number.as_str())
        .collect();
    assert_eq!(numbers, ["1001", "1002"]);
    assert_eq!(reading.orders[0].total().to_string(), "21.30");
    assert_eq!(
        reading.orders[0].placed_at.to_rfc3339(),
        "2026-11-20T08:26:00+00:00"
    );
    assert_eq!(reading.orders[1].customer_name(), "Ada Ltd");
    assert_eq!(reading.orders[1].country, "France");
    assert_eq!(reading.products.len(), 2);
    assert_eq!(refused(&reading), []);
    assert_eq!(remarked(&reading), []);
}

#[test]
fn a_cancellation_is_left_out_and_named() {
    let reading = lines(&[
        "C536379,D,Discount,-1,2026-11-20,27.5,14527,United Kingdom",
        "C536379,MUG,A mug,-2,2026-11-20,2.55,14527,United Kingdom",
        "C7,MUG,A mug,2,2026-11-20,2.55,14527,United Kingdom",
    ]);

    assert_eq!(reading.skipped.len(), 1);
    assert_eq!(reading.skipped[0].why, Why::Cancellation);
    assert_eq!(
        reading.skipped[0].reason(),
        "C536379 is a cancellation: not imported."
    );
    assert_eq!(reading.skipped[0].place(), "2\u{2013}3");
    // A number that begins with C and asks for goods is an order like any other.
    assert_eq!(reading.orders[0].number, "C7");
}

#[test]
fn charges_become_amounts_and_never_demand() {
    let reading = lines(&[
        "1,MUG,A mug,6,2026-11-20,2.55,17850,UK",
        "1,POST,POSTAGE,3,2026-11-20,18,17850,UK",
        "1,D,Discount,-1,2026-11-20,27.5,17850,UK",
        "1,m,,1,2026-11-20,1.25,17850,UK",
        "1,gift_0001_20,Gift Voucher 20,1,2026-11-20,16.67,17850,UK",
        "2,BANK CHARGES,Bank Charges,1,2026-11-20,15,15823,UK",
    ]);

    assert_eq!(goods(&reading), [("MUG", 6, "2.55".to_owned())]);
    assert_eq!(
        amounts(&reading),
        [
            ("POSTAGE", "54.00".to_owned()),
            ("Discount", "-27.50".to_owned()),
            ("M", "1.25".to_owned()),
            ("Gift Voucher 20", "16.67".to_owned()),
        ]
    );
    assert_eq!(reading.orders[0].total().to_string(), "59.72");
    assert_eq!(reading.skipped[0].why, Why::OnlyCharges);
    assert_eq!(reading.products.len(), 1);
}

#[test]
fn a_code_the_catalog_knows_is_goods_whatever_it_looks_like() {
    let known = catalog(&[("M", "A magnet", 125, false)]);

    let reading = lines_with(
        &["1,m,,1,2026-11-20,1.25,17850,UK"],
        &known,
        Choices::default(),
    );

    assert_eq!(goods(&reading), [("M", 1, "1.25".to_owned())]);
    assert_eq!(reading.orders[0].lines[0].name, "A magnet");
}

#[test]
fn a_product_twice_in_an_order_is_merged_at_one_price_and_kept_apart_at_two() {
    let reading = lines(&[
        "1,85123A,Heart,6,2026-11-20,2.55,17850,UK",
        "1,85123a,Heart,4,2026-11-20,2.55,17850,UK",
        "1,85123A,Heart,1,2026-11-20,2.95,17850,UK",
        "2,85123A,Heart,1,2026-11-20,2.55,17850,UK",
    ]);

    assert_eq!(
        goods(&reading),
        [
            ("85123A", 10, "2.55".to_owned()),
            ("85123A", 1, "2.95".to_owned()),
            ("85123A", 1, "2.55".to_owned())
        ]
    );
    assert_eq!(
        remarked(&reading),
        [
            (3, RemarkKind::Merged),
            (4, RemarkKind::TwoPrices),
            (3, RemarkKind::SkuForm)
        ]
    );
    assert_eq!(
        reading.remarks[0].text,
        "4 \u{d7} 85123A added to line 2: 10 in all"
    );
}

#[test]
fn a_negative_quantity_leaves_the_whole_order_out() {
    let file = [
        "1,MUG,A mug,6,2026-11-20,2.55,17850,UK",
        "1,BOWL,A bowl,-2,2026-11-20,3,17850,UK",
    ];

    let reading = lines(&file);

    assert_eq!(
        refused(&reading),
        [(
            3,
            "The quantity is negative: a return or a correction, not an order."
        )]
    );
    assert_eq!(reading.orders, []);
    assert_eq!(reading.incomplete(), 1);
    assert_eq!(
        reading.skipped[0].reason(),
        "1 has a refused line: left out, so that no order is imported incomplete."
    );
}

#[test]
fn an_order_goes_without_its_refused_lines_only_if_so_chosen() {
    let choices = Choices {
        without_refused: true,
        ..Choices::default()
    };

    let reading = lines_with(
        &[
            "1,MUG,A mug,6,2026-11-20,2.55,17850,UK",
            "1,BOWL,A bowl,none,2026-11-20,3,17850,UK",
        ],
        &Known::default(),
        choices,
    );

    assert_eq!(
        refused(&reading),
        [(3, "The quantity \"none\" is not a number.")]
    );
    assert_eq!(goods(&reading), [("MUG", 6, "2.55".to_owned())]);
}

#[test]
fn goods_nobody_ordered_and_nobody_pays_are_a_stock_correction() {
    let reading = lines(&[
        "536589,21777,,-10,2026-11-20,0,,UK",
        "536414,22139,,56,2026-11-20,0,,UK",
        "536415,22139,amazon,56,2026-11-20,0.00,,UK",
    ]);

    let reason = "No customer and nothing to pay: a stock correction, not an order.";
    assert_eq!(refused(&reading), [(2, reason), (3, reason), (4, reason)]);
    assert_eq!((reading.orders.len(), reading.skipped.len()), (0, 0));
}

#[test]
fn goods_free_of_charge_for_a_customer_are_imported_and_said() {
    let reading = lines(&["1,MUG,A mug,6,2026-11-20,0,12647,Germany"]);

    assert_eq!(goods(&reading), [("MUG", 6, "0.00".to_owned())]);
    assert_eq!(remarked(&reading), [(2, RemarkKind::Free)]);
}

#[test]
fn an_order_without_customer_is_a_guests() {
    let reading = lines(&[
        "1,MUG,A mug,6,2026-11-20,2.55,,UK",
        "2,MUG,A mug,6,2026-11-20,2.55,17850.0,UK",
    ]);

    assert_eq!(reading.orders[0].customer, None);
    assert_eq!(reading.orders[0].customer_name(), "Guest");
    assert_eq!(remarked(&reading), [(2, RemarkKind::Guest)]);
    let numbered = reading.orders[1].customer.as_ref().expect("it names one");
    assert_eq!(numbered.code, "17850");
}

#[test]
fn a_product_without_description_takes_the_name_others_give_it() {
    let known = catalog(&[("KNOWN", "Of the catalog", 100, false)]);

    let reading = lines_with(
        &[
            "1,MUG,,6,2026-11-20,2.55,17850,UK",
            "2,MUG,A  blue mug,6,2026-11-20,2.55,17850,UK",
            "3,MUG,A  blue mug,6,2026-11-20,2.95,17850,UK",
            "4,MUG,damaged?,6,2026-11-20,2.95,17850,UK",
            "4,NAMELESS,,6,2026-11-20,2.95,17850,UK",
            "4,KNOWN,,6,2026-11-20,2.95,17850,UK",
        ],
        &known,
        Choices::default(),
    );

    let names: Vec<_> = reading
        .products
        .iter()
        .map(|product| product.name.as_str())
        .collect();
    assert_eq!(names, ["A blue mug", "NAMELESS"]);
    assert_eq!(reading.products[0].price.input(), "2.55");
    assert_eq!(reading.orders[3].lines[2].name, "Of the catalog");
    assert_eq!(
        remarked(&reading),
        [
            (2, RemarkKind::Unnamed),
            (5, RemarkKind::Unnamed),
            (6, RemarkKind::Unnamed),
            (7, RemarkKind::Unnamed)
        ]
    );
}

#[test]
fn unknown_products_are_refused_if_so_chosen_and_archived_ones_always() {
    let known = catalog(&[
        ("MUG", "A mug", 255, false),
        ("OLD", "An old mug", 255, true),
    ]);
    let choices = Choices {
        create_products: false,
        ..Choices::default()
    };

    let reading = lines_with(
        &[
            "1,MUG,A mug,6,2026-11-20,,17850,UK",
            "2,BOWL,A bowl,1,2026-11-20,3,17850,UK",
            "3,OLD,An old mug,1,2026-11-20,3,17850,UK",
            "4,BOWL,A bowl,1,2026-11-20,,17850,UK",
        ],
        &known,
        choices,
    );

    assert_eq!(goods(&reading), [("MUG", 6, "2.55".to_owned())]);
    assert_eq!(remarked(&reading), [(2, RemarkKind::PriceFromCatalog)]);
    assert_eq!(
        refused(&reading),
        [
            (3, "BOWL is not in the catalog."),
            (4, "OLD is archived: restore the product first."),
            (5, "The price is missing, and BOWL is not in the catalog."),
        ]
    );
}

#[test]
fn an_order_that_is_here_is_not_imported_again() {
    let mut known = Known::default();
    known.orders.insert("1001".into());

    let reading = lines_with(
        &["1001,MUG,A mug,-6,2026-11-20,2.55,17850,UK"],
        &known,
        Choices::default(),
    );

    assert_eq!(reading.skipped[0].why, Why::AlreadyImported);
    assert_eq!(
        reading.skipped[0].reason(),
        "An order 1001 is here already: not imported again."
    );
    assert_eq!(refused(&reading), []);
}

#[test]
fn one_order_of_two_customers_is_refused_and_one_of_two_dates_takes_the_earliest() {
    let reading = lines(&[
        "1,MUG,A mug,6,2026-11-20,2.55,17850,UK",
        "1,BOWL,A bowl,6,2026-11-20,2.55,13047,UK",
        "2,MUG,A mug,6,2026-11-20T16:58,2.55,17850,UK",
        "2,BOWL,A bowl,6,2026-11-20T16:57,2.55,17850,France",
        "2,CUP,A cup,6,,2.55,,",
    ]);

    assert_eq!(
        refused(&reading),
        [(
            3,
            "Order 1 is of customer 17850 on line 2, and of 13047 here."
        )]
    );
    assert_eq!(reading.orders.len(), 1);
    assert_eq!(
        reading.orders[0].placed_at.to_rfc3339(),
        "2026-11-20T16:57:00+00:00"
    );
    assert_eq!(reading.orders[0].lines.len(), 3);
    assert_eq!(
        remarked(&reading),
        [(5, RemarkKind::TwoDates), (5, RemarkKind::TwoCountries)]
    );
}

#[test]
fn large_quantities_are_imported_and_said_and_absurd_ones_refused() {
    let reading = lines(&[
        "1,MUG,A mug,2880,2026-11-20,2.55,17850,UK",
        "2,MUG,A mug,5012345678900,2026-11-20,2.55,17850,UK",
        "3,MUG,A mug,900000,2026-11-20,2.55,17850,UK",
        "3,MUG,A mug,900000,2026-11-20,2.55,17850,UK",
        "4,MUG,A mug,0,2026-11-20,2.55,17850,UK",
        "5,MUG,A mug,1.5,2026-11-20,2.55,17850,UK",
    ]);

    assert_eq!(goods(&reading), [("MUG", 2_880, "2.55".to_owned())]);
    assert_eq!(remarked(&reading), [(2, RemarkKind::Large)]);
    assert_eq!(
        refused(&reading),
        [
            (
                3,
                "The quantity \"5012345678900\" is more than 1,000,000 units."
            ),
            (5, "With line 4 this is more than 1,000,000 units of MUG."),
            (6, "The quantity is 0."),
            (7, "The quantity \"1.5\" is not a whole number."),
        ]
    );
}

#[test]
fn every_bad_line_is_listed_by_its_number_and_reason() {
    let long = "9".repeat(65);
    let reading = lines(&[
        ",MUG,A mug,1,2026-11-20,2.55,17850,UK",
        "",
        &format!("{long},MUG,A mug,1,2026-11-20,2.55,17850,UK"),
        "1,,A mug,1,2026-11-20,2.55,17850,UK",
        &format!("2,{long},A mug,1,2026-11-20,2.55,17850,UK"),
        "3,MUG,A mug,,2026-11-20,2.55,17850,UK",
        "4,MUG,A mug,1,2026-11-20,-2.55,17850,UK",
        "5,MUG,A mug,1,2126-11-20,2.55,17850,UK",
        "6,MUG,A mug,1,1899-12-30,2.55,17850,UK",
        "7,MUG,A mug,1,soon,2.55,17850,UK",
        "8,MUG,A mug, large,1,2026-11-20,2.55,17850,UK",
        "9,MUG,\"A mug,1,2026-11-20,2.55,17850,UK",
        "10,MUG,A\0mug,1,2026-11-20,2.55,17850,UK",
        "11,MUG",
        "12,MUG,A mug,1,,2.55,17850,UK",
    ]);

    assert_eq!(
        refused(&reading),
        [
            (2, "The order number is missing."),
            (4, "An order number has at most 64 characters."),
            (5, "The SKU is missing."),
            (6, "A SKU has at most 64 characters."),
            (7, "The quantity is missing."),
            (8, "The price \"-2.55\" is negative."),
            (9, "The date 2126-11-20 is still to come."),
            (10, "The date 1899-12-30 is before the year 2000."),
            (11, "The date \"soon\" cannot be read."),
            (
                12,
                "The line has 9 cells and the head names 8 columns: a text that holds the separator must stand in \
                 quotes."
            ),
            (13, "A quote is opened on this line and not closed."),
            (14, "The line holds characters that cannot be read."),
            (15, "The date is missing."),
            (16, "The date is missing."),
        ]
    );
    assert_eq!(reading.orders, []);
    assert_eq!(reading.refusals[3].order, "2");
    assert!(
        reading.refusals[2]
            .says
            .starts_with("1 \u{b7}  \u{b7} A mug"),
        "{:?}",
        reading.refusals[2]
    );
}

#[test]
fn a_file_nothing_can_be_read_from_is_refused_in_a_sentence() {
    let read = |file: &str| {
        read(
            file.as_bytes(),
            &Known::default(),
            Choices::default(),
            now(),
        )
        .expect_err("nothing to read")
    };

    assert_eq!(read(""), Unreadable::File(sheet::Unreadable::Empty));
    assert_eq!(read(HEAD), Unreadable::NoLines);
    assert!(matches!(
        read("name,age\nAda,36"),
        Unreadable::NoColumns { .. }
    ));
    assert!(matches!(
        read("1001,MUG,6\n1002,BOWL,1"),
        Unreadable::NoColumns { .. }
    ));
}

#[test]
fn every_column_is_explained_to_whoever_reads_the_manual() {
    let manual = include_str!("../../../README.md");

    for name in column_names() {
        assert!(manual.contains(&format!("`{name}`")), "{name}");
    }
}

#[test]
fn an_order_of_thirty_thousand_lines_is_left_out_in_words() {
    let mut file = HEAD.to_owned();
    for at in 0..30_000 {
        write!(file, "\n1,SKU-{at},A mug,1,2026-11-20,2.55,,UK").expect("it is memory");
    }

    let reading = read(
        file.as_bytes(),
        &Known::default(),
        Choices::default(),
        now(),
    )
    .expect("a file");

    let why = reading.skipped.first().map(|skipped| &skipped.why);
    assert_eq!(why, Some(&Why::TooMuch(TooMuch::Lines(30_000))));
}

#[test]
fn skus_of_other_alphabets_that_look_alike_are_said() {
    let known = catalog(&[("COT", "A cot", 255, false)]);

    let reading = lines_with(
        &[
            "1,MUG,A mug,1,2026-11-20,2.55,17850,UK",
            "1,\u{41c}UG,A mug,1,2026-11-20,2.55,17850,UK",
            "1,\u{421}\u{41e}\u{422},A cot,1,2026-11-20,2.55,17850,UK",
        ],
        &known,
        Choices::default(),
    );

    assert_eq!(
        remarked(&reading),
        [(3, RemarkKind::Lookalike), (4, RemarkKind::Lookalike)]
    );
    assert_eq!(
        reading.remarks[0].text,
        "\u{41c}UG looks like MUG, with letters of another alphabet"
    );
}
