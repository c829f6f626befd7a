//! Files in the layouts of shops and marketplaces, and what must come of each. Where only the name
//! of a column stands in the way, the test gives it another.

use backfill::exchange::imports::orders::{Closing, Reading, RemarkKind};

use super::cases::case;
use super::reading::{goods, refused, remarked};

/// Reads a file with some of its columns named otherwise.
fn renamed(name: &str, bytes: &[u8], columns: &[(&str, &str)]) -> Reading {
    let mut text = String::from_utf8(bytes.to_vec()).expect(name);
    for (column, other) in columns {
        text = text.replacen(column, other, 1);
    }
    case(name, text.as_bytes())
}

macro_rules! layout {
    ($name:literal $(, $column:literal => $other:literal)*) => {
        renamed($name, include_bytes!(concat!("cases/", $name)), &[$(($column, $other)),*])
    };
}

/// Order numbers with what is left to ship of each status.
fn closed(reading: &Reading) -> Vec<(Closing, usize, u64)> {
    let counts = reading.closed().into_iter();
    counts
        .map(|count| (count.kind, count.orders, count.units))
        .collect()
}

fn said(reading: &Reading, kind: RemarkKind) -> Vec<usize> {
    let of_kind = remarked(reading)
        .into_iter()
        .filter(|(_, each)| *each == kind);
    of_kind.map(|(line, _)| line).collect()
}

#[test]
fn a_shopify_export_keeps_its_cells_in_the_first_row_of_an_order() {
    let reading = layout!("shopify.csv", "Name," => "Order,", "Shipping Street" => "Ship to");

    assert_eq!(refused(&reading), []);
    assert_eq!(
        goods(&reading),
        [
            ("QA-FERN", 2, "16.00".into()),
            ("QA-TOTE", 1, "15.00".into())
        ]
    );
    let order = &reading.orders[0];
    assert_eq!(
        (order.number.as_str(), order.customer_name()),
        ("#QS1001", "Kim Test")
    );
    assert_eq!(
        order.customer.as_ref().map(|who| who.email.as_str()),
        Some("kim@shop.example")
    );
    assert_eq!(order.ship_to, "1 Sample Lane\nFlat 2");
    assert_eq!(order.placed_at.to_rfc3339(), "2026-11-02T14:14:00+00:00");
    assert_eq!(order.currency.as_deref(), Some("USD"));
    assert_eq!(
        closed(&reading),
        [(Closing::Cancelled, 1, 1), (Closing::Completed, 1, 1)]
    );
}

#[test]
fn an_apostrophe_that_a_spreadsheet_put_before_a_number_is_not_of_it() {
    let reading = layout!("shopify.csv", "Name," => "Order,", "Shipping Zip" => "Customer number");

    let customer = reading.orders[0].customer.as_ref();
    assert_eq!(customer.map(|who| who.code.as_str()), Some("00501"));
}

#[test]
fn a_woocommerce_export_counts_what_is_not_refunded() {
    for reading in [layout!("woocommerce.csv"), layout!("woo-min.csv")] {
        assert_eq!(refused(&reading), []);
        let units: Vec<_> = goods(&reading)
            .into_iter()
            .map(|(_, units, price)| (units, price))
            .collect();
        assert!(
            units.iter().all(|line| *line == (1, "8.3333".into())),
            "{units:?}"
        );
        assert_eq!(said(&reading, RemarkKind::Rounded), [2]);
        assert_eq!(reading.orders[0].customer_name(), "kim@shop.example");
        assert_eq!(reading.products[0].name, "Blue tee");
        assert_eq!(closed(&reading)[0].0, Closing::Cancelled);
        assert_eq!(reading.orders.len(), 1);
    }
    let whole = layout!("woocommerce.csv");
    assert_eq!(closed(&whole)[1], (Closing::Completed, 1, 2));
    assert_eq!(whole.order_lines(), 2);
}

#[test]
fn an_ebay_report_has_a_row_of_totals_per_order_and_words_below() {
    let reading = layout!("ebay.csv");

    assert_eq!(refused(&reading), []);
    assert_eq!(
        goods(&reading),
        [
            ("QA-SCARF-R", 1, "10.00".into()),
            ("QA-SCARF-B", 2, "10.00".into())
        ]
    );
    let order = &reading.orders[0];
    assert_eq!(
        (order.number.as_str(), order.customer_name()),
        ("01-10001-00001", "Buyer One")
    );
    assert_eq!(order.currency.as_deref(), Some("GBP"));
    assert_eq!(said(&reading, RemarkKind::Totals), [4]);
    assert_eq!(said(&reading, RemarkKind::Footer), [8, 9]);
}

#[test]
fn a_row_of_totals_that_counts_otherwise_is_said_and_one_that_is_none_keeps_its_order_out() {
    let file = "order,sku,description,qty,price\n1,MUG,A mug,2,2.55\n1,,,3,\n2,,,4,\n2,MUG,A mug,3,2.55\n\
                3,MUG,A mug,5,2.55\n3,,,5,\n";
    let reading = case("totals", file.as_bytes());

    assert_eq!(refused(&reading), [(3, "The SKU is missing.")]);
    assert_eq!(
        goods(&reading),
        [("MUG", 3, "2.55".into()), ("MUG", 5, "2.55".into())]
    );
    let totals = reading.remarks.iter();
    let totals = totals.filter(|remark| remark.kind == RemarkKind::Totals);
    let totals: Vec<_> = totals
        .map(|remark| (remark.line, remark.text.as_str()))
        .collect();
    assert_eq!(
        totals,
        [(4, "4 units, and its lines have 3"), (7, "5 units")]
    );
}

#[test]
fn the_custom_label_is_the_product_and_not_the_number_of_the_listing() {
    let reading = layout!("ebay-min.csv");

    assert_eq!(refused(&reading), []);
    assert_eq!(
        goods(&reading),
        [
            ("QA-SCARF-R", 1, "10.00".into()),
            ("QA-SCARF-B", 2, "10.00".into())
        ]
    );
    assert_eq!(reading.orders[0].customer_name(), "b1@ebay.example");
}

#[test]
fn a_marketplace_gives_the_price_of_a_line_and_quotes_nothing() {
    let reading = layout!("amazon-unshipped.txt", "item-price" => "line-total", "ship-address-1" => "address");

    assert_eq!(refused(&reading), []);
    assert_eq!(
        goods(&reading),
        [
            ("QA-AMZ1", 3, "10.00".into()),
            ("QA-AMZ2", 1, "9.99".into())
        ]
    );
    let names: Vec<_> = reading
        .products
        .iter()
        .map(|product| product.name.as_str())
        .collect();
    assert_eq!(names, ["\"Best Cook\" mug", "Item two"]);
    let order = &reading.orders[0];
    assert_eq!(order.placed_at.to_rfc3339(), "2026-11-02T18:50:49+00:00");
    assert_eq!(
        (order.ship_to.as_str(), order.country.as_str()),
        ("1 Sample St", "US")
    );
    assert_eq!(order.customer_name(), "Buyer One");
}

#[test]
fn a_marketplace_keeps_its_currency_and_leaves_out_what_left() {
    let all = layout!("amazon-all-orders.txt", "item-price" => "line-total");
    assert_eq!(goods(&all), [("QA-AMZ5", 3, "10.00".into())]);
    assert_eq!(all.orders[0].currency.as_deref(), Some("USD"));

    let left = layout!("amazon-line-total.txt", "item-price" => "line-total");
    let utf16 = include_bytes!("cases/amazon-line-total-utf16.txt");
    for reading in [left, case("amazon-line-total-utf16.txt", utf16)] {
        assert_eq!((reading.orders.len(), reading.refusals.len()), (0, 0));
        assert_eq!(
            closed(&reading),
            [(Closing::Cancelled, 1, 2), (Closing::Completed, 1, 3)]
        );
    }
}

#[test]
fn words_in_quotes_stand_as_they_are_where_nothing_is_quoted() {
    let reading = layout!("amazon-quote.txt");

    assert_eq!(refused(&reading), []);
    assert_eq!(reading.orders.len(), 3);
    let names: Vec<_> = reading
        .products
        .iter()
        .map(|product| product.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["\"Best Cook\" mug", "Frame 8\" x 10\"", "\"Quoted\""]
    );
}
