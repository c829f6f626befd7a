//! What scanners read: several barcodes of a product, each with the units it stands for.

use backfill::catalog::{self, Barcode, Error, ProductInput};
use backfill::db::{Act, Who};
use backfill::types::{Quantity, Sku};
use diesel::prelude::*;

use crate::support::app::Shop;
use crate::support::goods::money;
use crate::support::html::Page;

const UNIT: (&str, &str) = ("barcode", "4006381333931");
const CASE: (&str, &str) = ("barcode", "14006381333938");

fn mug(rest: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut form = vec![("sku", "MUG"), ("name", "Mug"), ("price", "1")];
    form.extend(rest);
    form
}

/// What the page of a product says of its barcodes.
fn barcodes(page: &Page) -> String {
    page.texts(".facts dd")[1].clone()
}

#[actix_web::test]
async fn a_product_has_a_barcode_on_each_unit_and_another_on_each_case() {
    let shop = Shop::open().await;
    let manager = shop.manager().await;

    let form = mug(&[UNIT, ("units", ""), CASE, ("units", "12")]);
    let page = manager.submit("/products", &form).await;

    assert_eq!(barcodes(&page), "4006381333931 14006381333938 case of 12");
    for scanned in [UNIT.1, CASE.1] {
        let reply = manager.get(&format!("/search?q={scanned}")).await;
        assert_eq!(reply.location().as_deref(), Some("/products/1"));
        let list = manager.page(&format!("/products?q={scanned}")).await;
        assert_eq!(list.texts("td .row-link"), ["MUG"]);
    }
    let file = manager.get("/products.csv").await.text();
    assert!(file.contains("\nMUG,Mug,\"4006381333931, 14006381333938 x 12\",1.00,"));
}

#[actix_web::test]
async fn barcodes_are_added_changed_and_removed_row_by_row() {
    let shop = Shop::open().await;
    let manager = shop.manager().await;
    let form = mug(&[UNIT, ("units", "1"), CASE, ("units", "12")]);
    manager.submit("/products", &form).await;

    let edit = manager.page("/products/1/edit").await;
    let rows = edit.attributes("[name=barcode]", "value");
    let changed = mug(&[CASE, ("units", "6"), ("barcode", "NEW 1"), ("units", "")]);
    let page = manager.submit("/products/1", &changed).await;

    assert_eq!(rows, ["4006381333931", "14006381333938", ""]);
    assert_eq!(barcodes(&page), "NEW 1 14006381333938 case of 6");
    let emptied = manager.submit("/products/1", &mug(&[])).await;
    assert_eq!(barcodes(&emptied), "none");
}

#[actix_web::test]
async fn a_barcode_belongs_to_one_product_and_the_refusal_names_it() {
    let shop = Shop::open().await;
    let manager = shop.manager().await;
    let pen = [("sku", "PEN"), ("name", "Pen"), ("price", "1"), UNIT];
    manager.submit("/products", &pen).await;

    let taken = mug(&[CASE, ("units", "12"), ("barcode", ""), UNIT]);
    let taken = manager.post("/products", &taken).await;
    let twice = mug(&[CASE, ("units", "12"), CASE]);
    let twice = manager.post("/products", &twice).await;
    let unprintable = mug(&[("barcode", "caf\u{e9}"), ("units", "0")]);
    let unprintable = manager.post("/products", &unprintable).await;

    let used = "This barcode is already used by PEN.";
    assert_eq!((taken.status(), twice.status()), (422, 422));
    assert_eq!(taken.page().errors(), [used]);
    assert_eq!(
        taken.page().attributes("[name=barcode]", "value"),
        [CASE.1, UNIT.1, ""]
    );
    assert_eq!(twice.page().errors(), ["This barcode is named twice."]);
    assert_eq!(
        unprintable.page().errors(),
        [
            "No bars can be printed for \u{e9}: a barcode has letters without accents, digits and signs.",
            "Enter at least 1."
        ]
    );
}

#[actix_web::test]
async fn of_many_products_one_with_a_barcode_of_another_refuses_all() {
    let shop = Shop::open().await;
    let input = |sku: &str, code: &str| ProductInput {
        sku: Sku::parse(sku).expect("a SKU"),
        name: sku.into(),
        price: money("1"),
        barcodes: vec![Barcode {
            code: code.into(),
            units: Quantity::new(1),
        }],
        weight_grams: 0,
        note: String::new(),
    };
    shop.write(|act| Ok(catalog::add_product(act, &input("MUG", "1"))?));

    let refused = shop.connect().transaction(|conn| {
        let mut act = Act::new(conn, Who::BACKFILL);
        catalog::add_products(&mut act, &[input("PEN", "2"), input("CUP", "1")])
    });

    let by = Sku::parse("MUG").expect("a SKU");
    assert_eq!(refused, Err(Error::BarcodeTaken { at: 0, by }));
    assert!(!shop.manager().await.page("/products").await.says("PEN"));
}
