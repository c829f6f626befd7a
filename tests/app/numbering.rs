//! The numbers of documents: none is given twice, and they do not end.

use backfill::db::Document;
use diesel::prelude::*;

use crate::support::app::Shop;

#[actix_web::test]
async fn a_number_that_an_import_brought_is_stepped_over() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    for taken in ["SO-000001", "SO-000003"] {
        shop.sells(taken, &mug, 1);
    }

    let ours = shop.write(|act| Ok(Document::Order.numbers(act, 3)?));

    assert_eq!(ours, ["SO-000002", "SO-000004", "SO-000005"]);
}

#[actix_web::test]
async fn numbers_go_on_where_six_digits_end() {
    let shop = Shop::open().await;
    for (document, sequence, next) in [
        (Document::Order, "order_numbers", "SO-1000000"),
        (
            Document::PurchaseOrder,
            "purchase_order_numbers",
            "PO-1000000",
        ),
        (Document::Reception, "reception_numbers", "RE-1000000"),
        (Document::Shipment, "shipment_numbers", "SH-1000000"),
        (Document::Transfer, "transfer_numbers", "TR-1000000"),
        (Document::Manifest, "manifest_numbers", "MA-1000000"),
    ] {
        let number = shop.write(|act| {
            diesel::sql_query(format!("select setval('{sequence}', 999999)"))
                .execute(act.conn())?;
            Ok(document.number(act)?)
        });

        assert_eq!(number, next);
    }
}
