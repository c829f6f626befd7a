//! Notes on paper.

use backfill::organizer::{EntryInput, EntryKind, Paper};
use backfill::purchasing;
use backfill::types::RecordRef;
use chrono::Utc;

use crate::preparation::order;
use crate::support::app::Shop;

fn noted(shop: &Shop, record: RecordRef, paper: Paper, label: &str, text: &str) {
    let note = EntryInput {
        text: text.into(),
        print_on: vec![paper],
        ..shop.entry(EntryKind::Note, label)
    };
    shop.writes(Some(record), &note);
}

#[actix_web::test]
async fn the_packing_slip_shows_what_is_noted_of_the_order_the_parcel_and_the_customer() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 1);
    let sold = order("SO-1", 1).line(&mug, 1).place(&shop);
    let parcel = shop.prepares(sold);
    let customer = shop.read(|conn| {
        use backfill::schema::orders;
        use diesel::prelude::*;
        Ok(orders::table
            .find(sold)
            .select(orders::customer_id)
            .first(conn)?)
    });
    let slip = Paper::PackingSlip;
    noted(
        &shop,
        RecordRef::Order(sold),
        slip,
        "Gift",
        "Happy birthday",
    );
    noted(
        &shop,
        RecordRef::Shipment(parcel),
        slip,
        "Second box follows",
        "",
    );
    noted(&shop, RecordRef::Customer(customer), slip, "Thank you", "");
    let other = Paper::PurchaseOrder;
    noted(&shop, RecordRef::Order(sold), other, "Our margin", "");
    shop.notes(RecordRef::Order(sold), "For us only");
    let user = shop.user().await;

    let reply = user
        .get(&format!("/shipments/{parcel}/packing-slip.pdf"))
        .await;

    let text = pdf_extract::extract_text_from_mem(reply.bytes()).expect("a PDF");
    for words in ["Gift: Happy birthday", "Second box follows", "Thank you"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("Our margin") && !text.contains("For us only"));
}

#[actix_web::test]
async fn the_pick_list_shows_what_is_noted_of_the_order_and_beside_each_product() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    shop.has(&mug, 1);
    shop.has(&jug, 1);
    let sold = order("SO-1", 1).line(&mug, 1).line(&jug, 1).place(&shop);
    let parcel = shop.prepares(sold);
    let list = Paper::PickList;
    noted(&shop, RecordRef::Order(sold), list, "Gift", "Ribbon");
    noted(&shop, RecordRef::Product(mug.id), list, "Chips", "easily");
    noted(
        &shop,
        RecordRef::Product(jug.id),
        Paper::PackingSlip,
        "Not here",
        "",
    );
    let user = shop.user().await;

    let reply = user
        .get(&format!("/shipments/{parcel}/pick-list.pdf"))
        .await;

    let text = pdf_extract::extract_text_from_mem(reply.bytes()).expect("a PDF");
    let words: Vec<&str> = text.split_whitespace().collect();
    let words = words.join(" ");
    for said in ["Gift: Ribbon", "Chips: easily"] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(!words.contains("Not here"), "{words}");
}

#[actix_web::test]
async fn the_supplier_reads_what_is_noted_of_the_purchase_order_and_of_them() {
    let shop = Shop::open().await;
    let (mug, hart) = (shop.new_product("MUG"), shop.new_supplier("HART"));
    let purchase = shop.drafts(&hart, &mug, 5);
    let on = Paper::PurchaseOrder;
    noted(&shop, purchase.record(), on, "Gate 3", "Ring at the gate");
    noted(
        &shop,
        RecordRef::Supplier(hart.id),
        on,
        "Pallets",
        "no higher than 1.60 m",
    );
    noted(
        &shop,
        purchase.record(),
        Paper::PackingSlip,
        "Not theirs",
        "",
    );

    let papers = shop.read(|conn| {
        let today = Utc::now().date_naive();
        Ok(purchasing::papers(conn, purchase.id, today)?)
    });
    let mail = purchasing::letter(&papers).expect("a mail").text;
    let pdf = purchasing::pdf(&papers).expect("a paper");

    let paper = pdf_extract::extract_text_from_mem(&pdf).expect("a PDF");
    for words in ["Gate 3: Ring at the gate", "Pallets: no higher than 1.60 m"] {
        assert!(mail.contains(words), "{words}: {mail}");
        assert!(paper.contains(words), "{words}: {paper}");
    }
    assert!(!mail.contains("Not theirs") && !paper.contains("Not theirs"));
}
