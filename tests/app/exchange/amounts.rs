//! Prices as files write them, and what an order holds beside its goods.

use backfill::exchange::imports::orders::{
    Choices, Known, Reading, RemarkKind, Skipped, Why, read,
};

use super::reading::{accounts_for_every_line, amounts, goods, lines, now, refused, remarked};

/// Reads a file for a company that counts in euros.
fn file(text: &str) -> Reading {
    let known = Known {
        currency: "EUR".into(),
        ..Known::default()
    };
    let reading = read(text.as_bytes(), &known, Choices::default(), now()).expect("a file");
    accounts_for_every_line(&reading);
    reading
}

/// What was decided of lines, and not of the whole file.
fn remarked_of_lines(reading: &Reading) -> Vec<(usize, RemarkKind)> {
    let all = remarked(reading).into_iter();
    all.filter(|(line, _)| *line > 1).collect()
}

#[test]
fn the_column_decides_what_groups_thousands() {
    let reading = file(
        "order;customer;sku;qty;price\n1;Kim;SOFA;1.200;1.234 \u{20ac}\n2;Kim;VASE;2;\u{20ac} 99,50\n\
         3;Kim;LAMP;1;1\u{202f}234,5\u{a0}EUR\n",
    );

    assert_eq!(
        goods(&reading),
        [
            ("SOFA", 1_200, "1234.00".to_owned()),
            ("VASE", 2, "99.50".to_owned()),
            ("LAMP", 1, "1234.50".to_owned())
        ]
    );
    let kinds: Vec<_> = remarked(&reading)
        .into_iter()
        .map(|(_, kind)| kind)
        .collect();
    assert!(!kinds.contains(&RemarkKind::Currency), "{kinds:?}");
}

#[test]
fn more_than_four_decimals_are_rounded_and_said_once_per_order() {
    let reading = file(
        "order,customer,sku,qty,price\n1,Kim,MUG,6,8.333333\n1,Kim,BOWL,6,0.66666\n2,Kim,MUG,6,8.33330000\n",
    );

    assert_eq!(reading.orders[0].lines[0].unit_price.input(), "8.3333");
    assert_eq!(reading.orders[0].lines[1].unit_price.input(), "0.6667");
    assert_eq!(remarked_of_lines(&reading), [(2, RemarkKind::Rounded)]);
    assert_eq!(reading.remarks[0].text, "8.333333 is read as 8.3333");
}

#[test]
fn another_currency_is_said_and_kept_on_the_order() {
    let reading = file(
        "order,customer,sku,qty,price,currency\n1,Kim,MUG,6,$8.50,\n2,Kim,BOWL,6,2,usd\n3,Kim,CUP,6,2,EUR\n",
    );

    let said: Vec<_> = reading
        .orders
        .iter()
        .map(|order| order.currency.as_deref())
        .collect();
    assert_eq!(said, [Some("USD"), Some("USD"), Some("EUR")]);
    assert_eq!(
        remarked_of_lines(&reading),
        [(2, RemarkKind::Currency), (3, RemarkKind::Currency)]
    );
    assert_eq!(reading.remarks[0].text, "USD instead of EUR");
    let prices: Vec<_> = reading
        .products
        .iter()
        .map(|product| product.price.input())
        .collect();
    assert_eq!(prices, ["0.00", "0.00", "2.00"]);
    assert_eq!(reading.totals(), "12.00 EUR, 63.00 USD");
}

#[test]
fn an_order_in_two_currencies_is_refused() {
    let reading = file(
        "order,customer,sku,qty,price,currency\n1,Kim,MUG,6,\u{20ac}8.50,\n1,Kim,BOWL,6,$2,\n\
         2,Kim,MUG,1,\u{20ac}2,USD\n3,Kim,MUG,1,2,pebbles\n",
    );

    assert_eq!(
        refused(&reading),
        [
            (3, "Order 1 is in EUR on line 2, and in USD here."),
            (
                4,
                "The price \"\u{20ac}2\" is not in USD, which is the currency of this line."
            ),
            (5, "The currency \"pebbles\" is not known."),
        ]
    );
}

#[test]
fn what_takes_money_off_or_is_a_service_is_an_amount() {
    let reading = lines(&[
        "1,MUG,A mug,6,2026-11-20,2.55,17850,UK",
        "1,WELCOME10,Voucher welcome,1,2026-11-20,-6,17850,UK",
        "1,,Gift wrapping,2,2026-11-20,1.5,17850,UK",
        "1,,,1,2026-11-20,-1,17850,UK",
        "1,GW,Gift wrap,1,2026-11-20,1,17850,UK",
    ]);

    assert_eq!(goods(&reading), [("MUG", 6, "2.55".to_owned())]);
    assert_eq!(
        amounts(&reading),
        [
            ("Voucher welcome", "-6.00".to_owned()),
            ("Gift wrapping", "3.00".to_owned()),
            ("Discount", "-1.00".to_owned()),
            ("Gift wrap", "1.00".to_owned()),
        ]
    );
    assert_eq!(reading.products.len(), 1);
    assert_eq!(reading.orders[0].total().to_string(), "12.30");
}

#[test]
fn goods_at_a_negative_price_are_no_discount() {
    let reading = lines(&[
        "1,MUG,A mug,6,2026-11-20,2.55,17850,UK",
        "2,MUG,A mug,1,2026-11-20,-2.55,17850,UK",
    ]);

    assert_eq!(refused(&reading), [(3, "The price \"-2.55\" is negative.")]);
}

#[test]
fn returned_units_are_taken_off_the_same_product_of_the_order() {
    let reading = lines(&[
        "1,MUG,A mug,-1,2026-11-20,2.55,17850,UK",
        "1,MUG,A mug,3,2026-11-20,2.55,17850,UK",
        "1,BOWL,A bowl,2,2026-11-20,3,17850,UK",
        "1,BOWL,A bowl,-2,2026-11-20,3,17850,UK",
        "2,CUP,A cup,2,2026-11-20,3,17850,UK",
        "2,CUP,A cup,-2,2026-11-20,3,17850,UK",
        "3,CUP,A cup,2,2026-11-20,3,17850,UK",
        "3,CUP,A cup,-3,2026-11-20,3,17850,UK",
    ]);

    assert_eq!(goods(&reading), [("MUG", 2, "2.55".to_owned())]);
    assert_eq!(
        remarked(&reading),
        [(2, RemarkKind::Netted), (5, RemarkKind::Netted)]
    );
    assert_eq!(reading.remarks[0].text, "1 \u{d7} MUG taken back: 2 left");
    assert_eq!(reading.skipped[0].why, Why::Returned);
    assert_eq!(
        refused(&reading),
        [(
            9,
            "The quantity is negative: a return or a correction, not an order."
        )]
    );
}

#[test]
fn what_nobody_can_pay_is_refused_line_by_line_and_as_a_whole() {
    let reading = lines(&[
        "1,MUG,A mug,600000,2026-11-20,1000000,17850,UK",
        "1,MUG,A mug,600000,2026-11-20,1000000,17850,UK",
        "2,MUG,A mug,600000,2026-11-20,1000000,17850,UK",
        "2,BOWL,A bowl,600000,2026-11-20,1000000,17850,UK",
        "3,MUG,A mug,1,2026-11-20,2.55,17850,UK",
        "3,,Gift wrapping,1000000,2026-11-20,-999999999,17850,UK",
        "4,MUG,A mug,1,2026-11-20,2.55,17850,UK",
        "4,,Gift wrapping,600000,2026-11-20,-1000000,17850,UK",
        "4,,Gift wrapping,600000,2026-11-20,-1000000,17850,UK",
    ]);

    let all: Vec<_> = refused(&reading);
    assert_eq!(
        all.iter().map(|(line, _)| *line).collect::<Vec<_>>(),
        [3, 7]
    );
    let reasons: Vec<String> = reading.skipped.iter().map(Skipped::reason).collect();
    let too_much = "is left out. All lines together come to more than 1,000,000,000,000.00.";
    assert_eq!(reasons[1], format!("2 {too_much}"));
    assert_eq!(reasons[3], format!("4 {too_much}"));
    assert_eq!(reading.orders, []);
}
