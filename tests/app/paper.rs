//! What the reader of a paper finds on it: the PDF is read back as text.

use backfill::paper::{
    Language, Letterhead, PackingSlipLine, PackingSlipPaper, Party, PurchaseOrderLine,
    PurchaseOrderPaper, packing_slip, purchase_order,
};
use chrono::NaiveDate;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a day of the calendar")
}

fn company() -> Letterhead {
    Letterhead {
        name: "Harbour & Hearth Ltd".into(),
        address: vec![
            "14 Quayside".into(),
            "Bristol BS1 4RN".into(),
            "United Kingdom".into(),
        ],
        details: vec![
            "purchasing@harbour.example".into(),
            "+44 117 496 0123".into(),
            "VAT GB 123 4567 89".into(),
        ],
    }
}

fn order(lines: u32) -> PurchaseOrderPaper {
    PurchaseOrderPaper {
        language: Language::En,
        company: company(),
        supplier: Party {
            name: "Kilnworks Pottery Co.".into(),
            address: vec![
                "Unit 7, Longton Mill".into(),
                "Stoke-on-Trent ST3 1AB".into(),
            ],
        },
        deliver_to: Party {
            name: "Main warehouse".into(),
            address: vec!["Dock 3, Avonmouth Way".into(), "Bristol BS11 9YA".into()],
        },
        number: "PO-000123".into(),
        ordered_on: day(11, 23),
        deliver_by: Some(day(12, 4)),
        currency: "GBP".into(),
        lines: (1..=lines).map(order_line).collect(),
        net: "£2,416.80".into(),
        shipping: Some("£35.00".into()),
        extra: None,
        total: "£2,451.80".into(),
        comments: "Please deliver between 8 and 12. Pallets no higher than 1.60 m.".into(),
    }
}

fn order_line(number: u32) -> PurchaseOrderLine {
    let description = match number % 4 {
        0 => "White hanging heart T-light holder",
        1 => "Set of three stoneware mixing bowls, glazed inside, with spout and handle",
        2 => "Regency cakestand, 3 tier",
        _ => "Jumbo bag, red retrospot",
    };
    PurchaseOrderLine {
        supplier_sku: Some(format!("KW-{:04}", number * 7)),
        sku: format!("{}{}", 22_000 + number, ["", "A", "B"][number as usize % 3]),
        description: description.into(),
        quantity: number * 12,
        unit_price: format!("{}.95", number % 14),
        amount: Language::En.amount(format!("{}.40", number * 37)),
        deliver_by: (number % 5 == 3).then(|| day(12, 18)),
    }
}

fn slip(lines: u32) -> PackingSlipPaper {
    let line = |number: u32| PackingSlipLine {
        sku: format!("{}", 22_000 + number),
        description: "Regency cakestand, 3 tier".into(),
        is_part: false,
        ordered: number + 2,
        in_this_parcel: if number.is_multiple_of(3) { 0 } else { number },
        still_to_come: if number.is_multiple_of(3) {
            number + 2
        } else {
            2 * (number % 2)
        },
    };
    PackingSlipPaper {
        language: Language::En,
        company: company(),
        ship_to: Party {
            name: "Zoë Łukasiewicz".into(),
            address: vec![
                "Große Straße 5".into(),
                "20095 Hamburg".into(),
                "Germany".into(),
            ],
        },
        order_number: "SO-001042".into(),
        shipment_number: "SH-000045".into(),
        date: day(11, 24),
        lines: (1..=lines).map(line).collect(),
        note: "Leave with the neighbour, please.".into(),
    }
}

/// Words as a reader sees them: however many spaces or lines lie between, one space.
fn text(pdf: &[u8]) -> String {
    let text = pdf_extract::extract_text_from_mem(pdf).expect("the paper is a readable PDF");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn pages(pdf: &[u8]) -> usize {
    pdf_extract::extract_text_from_mem_by_pages(pdf)
        .expect("the paper is a readable PDF")
        .len()
}

fn text_of_order(paper: &PurchaseOrderPaper) -> String {
    text(&purchase_order(paper).expect("the order can be printed"))
}

fn text_of_slip(paper: &PackingSlipPaper) -> String {
    text(&packing_slip(paper).expect("the slip can be printed"))
}

#[track_caller]
fn assert_says(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "{word:?} is missing from:\n{text}");
    }
}

#[test]
fn a_purchase_order_says_who_orders_what_from_whom_and_where_it_goes() {
    let text = text_of_order(&order(1));

    assert_says(
        &text,
        &[
            "Purchase order",
            "PO-000123",
            "Harbour & Hearth Ltd",
            "14 Quayside",
        ],
    );
    assert_says(
        &text,
        &[
            "Supplier",
            "Kilnworks Pottery Co.",
            "Stoke-on-Trent ST3 1AB",
        ],
    );
    assert_says(
        &text,
        &["Deliver to", "Main warehouse", "Dock 3, Avonmouth Way"],
    );
    assert_says(
        &text,
        &[
            "Order date",
            "23 November 2026",
            "Deliver by",
            "4 December 2026",
            "GBP",
        ],
    );
    assert_says(
        &text,
        &[
            "KW-0007",
            "22001A",
            "glazed inside, with spout and handle",
            "12",
            "1.95",
        ],
    );
    assert_says(
        &text,
        &[
            "Net",
            "£2,416.80",
            "Shipping",
            "£35.00",
            "Total GBP",
            "£2,451.80",
        ],
    );
    assert_says(
        &text,
        &[
            "Comments",
            "Pallets no higher than 1.60 m.",
            "VAT GB 123 4567 89",
        ],
    );
    assert_says(&text, &["Page 1 of 1"]);
    assert!(!text.contains("Extra charges"));
}

#[test]
fn a_french_supplier_reads_french() {
    let paper = PurchaseOrderPaper {
        language: Language::Fr,
        supplier: Party {
            name: "Faïencerie de l’Œuvre".into(),
            address: vec!["3, rue du Château-d’Eau".into(), "75010 Paris".into()],
        },
        deliver_by: Some(day(12, 1)),
        net: format!("{} €", Language::Fr.amount("12345.60")),
        extra: Some("5,00 €".into()),
        ..order(3)
    };

    let text = text_of_order(&paper);

    assert_says(
        &text,
        &[
            "Bon de commande",
            "Faïencerie de l’Œuvre",
            "3, rue du Château-d’Eau",
        ],
    );
    assert_says(
        &text,
        &[
            "Livrer à",
            "À livrer d’ici le",
            "1er décembre 2026",
            "Devise",
        ],
    );
    assert_says(
        &text,
        &["Votre référence", "Désignation", "Quantité", "12 345,60 €"],
    );
    assert_says(
        &text,
        &[
            "Frais de port",
            "Frais divers",
            "Commentaires",
            "Page 1 sur 1",
        ],
    );
    assert!(!text.contains("Deliver by"));
}

#[test]
fn a_line_with_its_own_date_says_so_and_the_others_do_not() {
    let text = text_of_order(&order(4));

    assert_eq!(text.matches("Deliver by 18 December 2026").count(), 1);
}

#[test]
fn a_supplier_without_own_numbers_gets_no_empty_column() {
    let mut paper = order(2);
    for line in &mut paper.lines {
        line.supplier_sku = None;
    }

    let text = text_of_order(&paper);

    assert!(!text.contains("Your SKU"));
    assert_says(&text, &["Our SKU", "22002B"]);
}

#[test]
fn two_hundred_lines_go_on_over_numbered_pages_with_the_header_on_each() {
    let pdf = purchase_order(&order(200)).expect("the order can be printed");

    let (text, pages) = (text(&pdf), pages(&pdf));
    assert!(pages > 5);
    assert_eq!(text.matches("Unit price").count(), pages);
    for page in 1..=pages {
        assert_says(&text, &[&format!("Page {page} of {pages}")]);
    }
    for line in order(200).lines {
        assert_says(&text, &[&line.sku, &line.amount]);
    }
    assert_eq!(text.matches("£2,451.80").count(), 1);
}

#[test]
fn every_letter_of_a_latin_address_can_be_read_back() {
    let mut paper = order(1);
    paper.comments = "Łódź, Győr, Šiauliai, Iași, İzmir, Tromsø, Reykjavík, Coruña, Brașov, Þórr, \
                      Ångström, façade, naïf, cœur, office, flat, £ € ¥ 5 × 3 − ½ m² № 7 ©"
        .into();

    let text = text_of_order(&paper);

    assert_says(&text, &[&paper.comments]);
}

#[test]
fn what_the_typeface_lacks_never_stops_a_paper() {
    let mut paper = order(1);
    paper.lines[0].description =
        "Mug 👩‍👩‍👧 \u{0}\u{7}\u{200b}\u{feff}\u{202e} 茶杯 كوب \u{301}end".into();
    paper.number = "👻".into();
    paper.comments = "\u{301}\n\n\t\r\n".into();
    paper.supplier.name = String::new();

    let text = text_of_order(&paper);

    assert_says(&text, &["Mug", "end"]);
}

#[test]
fn no_text_is_too_long_for_a_paper() {
    let long = "stoneware ".repeat(800);
    let mut paper = order(1);
    paper.lines[0].description = long.clone();
    paper.lines[0].sku = "X".repeat(300);
    paper.lines[0].amount = "9".repeat(60);
    paper.comments = long;
    paper.company.details = vec!["detail ".repeat(100)];
    paper.number = "N".repeat(200);

    let text = text_of_order(&paper);

    assert_eq!(text.matches("stoneware").count(), 1600);
    assert_says(&text, &["£2,451.80"]);
}

#[test]
fn an_order_without_lines_is_still_a_paper() {
    let text = text_of_order(&order(0));

    assert_says(&text, &["PO-000123", "Units 0", "Page 1 of 1"]);
}

#[test]
fn the_same_paper_is_the_same_file() {
    assert_eq!(
        purchase_order(&order(20)).ok(),
        purchase_order(&order(20)).ok()
    );
    assert_eq!(packing_slip(&slip(20)).ok(), packing_slip(&slip(20)).ok());
    assert_ne!(
        purchase_order(&order(20)).ok(),
        purchase_order(&order(21)).ok()
    );
}

#[test]
fn a_packing_slip_says_what_is_in_the_parcel_and_what_is_still_to_come() {
    let text = text_of_slip(&slip(3));

    assert_says(
        &text,
        &["Packing slip", "SH-000045", "SO-001042", "24 November 2026"],
    );
    assert_says(
        &text,
        &["Ship to", "Zoë Łukasiewicz", "Große Straße 5", "Germany"],
    );
    assert_says(&text, &["Ordered", "In this parcel", "Still to come"]);
    assert_says(&text, &["22001 Regency cakestand, 3 tier 3 1 2"]);
    assert_says(&text, &["22003 Regency cakestand, 3 tier 5 – 5"]);
    assert_says(
        &text,
        &[
            "In this parcel 3",
            "What is still to come follows in another parcel.",
        ],
    );
    assert_says(&text, &["Note", "Leave with the neighbour, please."]);
}

#[test]
fn a_complete_parcel_promises_no_other() {
    let mut paper = slip(2);
    for line in &mut paper.lines {
        line.still_to_come = 0;
    }

    assert!(!text_of_slip(&paper).contains("another parcel"));
}

#[test]
fn a_packing_slip_speaks_french_and_survives_a_number_without_bars() {
    let paper = PackingSlipPaper {
        language: Language::Fr,
        shipment_number: "EXPÉ-9".into(),
        ..slip(200)
    };

    let text = text_of_slip(&paper);

    assert_says(
        &text,
        &[
            "Bon de livraison",
            "EXPÉ-9",
            "24 novembre 2026",
            "Destinataire",
        ],
    );
    assert_says(
        &text,
        &["Dans ce colis", "Reste à livrer", "Remarque", "Page 2 sur"],
    );
}
