//! The parts of a kit, as people type, scan and change them.

use backfill::catalog::{self, ProductKind};
use backfill::schema::barcodes;
use diesel::prelude::*;

use super::{Bench, packed_of};
use crate::support::html::Page;

/// What stands beside the boxes of a form, by box.
fn complaints(page: &Page) -> Vec<(String, String)> {
    let ids = page.attributes(".error", "id");
    let ids = ids
        .iter()
        .map(|id| id.trim_start_matches("error-").to_owned());
    ids.zip(page.errors()).collect()
}

#[actix_web::test]
async fn every_row_complains_for_itself() {
    let bench = Bench::open().await;
    let old = bench.shop.new_product("OLD");
    bench
        .shop
        .write(|act| Ok(catalog::archive_product(act, old.id)?));
    bench.shop.new_kit("HAMPER", &[(&bench.mug, 1)]);
    let manager = bench.shop.manager().await;
    let form = bench.form(&manager, &bench.set).await;

    let typed = packed_of(
        form.clone(),
        &[("NONE", "1"), ("MUG", "0"), ("", "4"), ("TEA", "10001")],
    );
    let first = manager.send(&typed).await;
    let typed = packed_of(
        form,
        &[
            ("TEA", "1"),
            ("GIFT-SET", "1"),
            ("hamper", "1"),
            ("OLD", "1"),
            ("tea", "2"),
        ],
    );
    let second = manager.send(&typed).await;

    assert_eq!((first.status(), second.status()), (422, 422));
    let expected = [
        ("sku-0", "No product has this SKU or barcode."),
        ("quantity-1", "Enter at least 1."),
        ("sku-2", "No product has this SKU or barcode."),
        ("quantity-3", "At most 10000 in one kit."),
    ];
    let expected = expected.map(|(field, why)| (field.to_owned(), why.to_owned()));
    assert_eq!(complaints(&first.page()), expected);
    let expected = [
        ("sku-1", "A kit is no part of itself."),
        (
            "sku-2",
            "HAMPER is a kit, and no kit stands in a kit: name its parts.",
        ),
        ("sku-3", "OLD is archived: restore it first."),
        ("sku-4", "TEA is named twice: add up its units."),
    ];
    let expected = expected.map(|(field, why)| (field.to_owned(), why.to_owned()));
    assert_eq!(complaints(&second.page()), expected);
}

#[actix_web::test]
async fn a_part_is_scanned_and_a_kit_gets_other_parts() {
    let bench = Bench::open().await;
    bench.shop.write(|act| {
        diesel::insert_into(barcodes::table)
            .values((
                barcodes::product_id.eq(bench.tea.id),
                barcodes::code.eq("4006381333931"),
                barcodes::units.eq(1),
            ))
            .execute(act.conn())?;
        Ok(())
    });
    let manager = bench.shop.manager().await;
    bench.packs(&manager).await;

    let form = bench.form(&manager, &bench.set).await;
    let page = manager
        .submit_form(&packed_of(form, &[("4006381333931", "3")]))
        .await;

    assert!(page.says("GIFT-SET is a kit of 3 \u{d7} TEA."));
    assert!(
        bench
            .parts(&manager, &bench.mug)
            .await
            .says("stands in no kit")
    );
}

#[actix_web::test]
async fn a_form_made_from_other_parts_is_refused() {
    let bench = Bench::open().await;
    let manager = bench.shop.manager().await;
    let form = bench.form(&manager, &bench.set).await;
    bench.packs(&manager).await;

    let stale = manager.send(&packed_of(form, &[("TEA", "5")])).await;

    assert_eq!(stale.status(), 409);
    assert!(
        stale
            .page()
            .says("Somebody else changed GIFT-SET meanwhile")
    );
    let parts = bench.parts(&manager, &bench.set).await.table("Parts");
    assert_eq!(parts.column("In one kit"), ["2", "1"]);
}

#[actix_web::test]
async fn a_form_sent_twice_acts_once() {
    let bench = Bench::open().await;
    let manager = bench.shop.manager().await;
    let form = bench.form(&manager, &bench.set).await;
    let form = packed_of(form, &[("MUG", "2")]);

    let (first, second) = (manager.send(&form).await, manager.send(&form).await);

    assert_eq!(first.location(), second.location());
    let page = manager.page(&bench.set.path()).await;
    let entries = page.texts(".timeline li");
    let set = entries
        .iter()
        .filter(|entry| entry.contains("Parts of the kit"));
    assert_eq!(set.count(), 1);
}

#[actix_web::test]
async fn a_kit_has_at_most_fifty_parts() {
    let bench = Bench::open().await;
    let manager = bench.shop.manager().await;
    let skus: Vec<String> = (0..51).map(|nth| format!("PART-{nth}")).collect();
    for sku in &skus {
        bench.shop.new_product(sku);
    }
    let rows: Vec<(&str, &str)> = skus.iter().map(|sku| (sku.as_str(), "1")).collect();
    let form = bench.form(&manager, &bench.set).await;

    let refused = manager.send(&packed_of(form.clone(), &rows)).await;
    let (taken, statements) = bench
        .shop
        .statements_of(manager.send(&packed_of(form.clone(), &rows[..50])))
        .await;
    let two = bench.form(&manager, &bench.mug).await;
    let (_, of_two) = bench
        .shop
        .statements_of(manager.send(&packed_of(two, &[("TEA", "1"), ("PART-50", "1")])))
        .await;

    assert_eq!(refused.status(), 422);
    assert_eq!(
        refused.page().text(".notice"),
        "A kit has at most 50 parts."
    );
    assert!(taken.location().is_some(), "{}", taken.summary());
    assert_eq!(statements, of_two, "as many statements however many parts");
}

#[actix_web::test]
async fn a_kit_without_parts_is_a_simple_product_again() {
    let bench = Bench::open().await;
    let manager = bench.shop.manager().await;
    bench.packs(&manager).await;

    let form = bench.form(&manager, &bench.set).await;
    let page = manager.submit_form(&packed_of(form, &[])).await;

    assert!(page.says("GIFT-SET is no kit any more."));
    assert!(
        page.texts(".timeline li")
            .join(" ")
            .contains("No kit any more")
    );
    assert!(page.has("#levels table"));
    let kind = bench
        .shop
        .read(|conn| Ok(catalog::product(conn, bench.set.id)?.kind));
    assert_eq!(kind, ProductKind::Simple);
    bench.shop.has(&bench.set, 2);
}
