//! A kit lies nowhere: whoever corrects, moves, counts or buys one is told its parts.

use backfill::catalog::LocationKind;
use backfill::inventory::{self, CountScope, NewCount};

use super::Bench;

const SET: &str = "GIFT-SET is a kit of 2 \u{d7} MUG and 1 \u{d7} TEA:";

#[actix_web::test]
async fn every_form_that_takes_a_product_names_the_parts_of_a_kit_beside_its_box() {
    let bench = Bench::open().await;
    let shop = &bench.shop;
    let manager = shop.manager().await;
    bench.packs(&manager).await;
    let main = shop.primary_warehouse().id;
    let east = shop.warehouse("EAST");
    let supplier = shop.new_supplier("HART");
    let order = shop.drafts(&supplier, &bench.tea, 1).path();
    let transfer = shop
        .drafts_transfer([main, east], &[(bench.tea.id, 1)])
        .path();
    shop.has(&bench.tea, 1);
    let new = NewCount {
        scope: CountScope::all_of(main),
        asked: "Everything".into(),
        blind: false,
    };
    let count = shop
        .write(|act| Ok(inventory::begin_count(act, &new)?))
        .path();
    let (main, east) = (main.to_string(), east.to_string());
    let supplier_id = supplier.id.to_string();
    let set = bench.set.path();

    type Refused<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str, &'a str);
    let forms: &[Refused<'_>] = &[
        (
            "/adjustments",
            &[
                ("product", "gift-set"),
                ("warehouse", &main),
                ("quantity", "-1"),
                ("reason", "count"),
                ("note", "Gone"),
            ],
            "product",
            "correct",
        ),
        (
            "/transfers",
            &[
                ("from", &main),
                ("to", &east),
                ("product", "GIFT-SET"),
                ("quantity", "1"),
            ],
            "product",
            "send",
        ),
        (
            &format!("{transfer}/lines"),
            &[("version", "0"), ("product", "GIFT-SET"), ("quantity", "1")],
            "product",
            "send",
        ),
        (
            "/counts",
            &[("warehouse", &main), ("products", "TEA\nGIFT-SET")],
            "products",
            "count",
        ),
        (
            &format!("{count}/scans"),
            &[("code", "GIFT-SET"), ("units", "1")],
            "code",
            "count",
        ),
        (
            &format!("{order}/lines"),
            &[("sku", "GIFT-SET"), ("quantity", "1")],
            "sku",
            "order",
        ),
        (
            &format!("{set}/suppliers"),
            &[
                ("supplier", &supplier_id),
                ("price", "1"),
                ("minimum_quantity", "1"),
                ("pack_size", "1"),
            ],
            "supplier",
            "buy",
        ),
    ];
    for (path, fields, field, verb) in forms {
        let refused = manager.post(path, fields).await;
        assert_eq!(refused.status(), 422, "{path}: {}", refused.summary());
        let said = format!("{SET} {verb} the parts instead.");
        assert_eq!(refused.page().field(field).error(), said, "{path}");
    }
}

#[actix_web::test]
async fn a_kit_has_no_levels_no_usual_bin_and_no_row_of_stock() {
    let bench = Bench::open().await;
    let shop = &bench.shop;
    let manager = shop.manager().await;
    // It was kept here once.
    shop.has(&bench.set, 1);
    shop.has(&bench.set, -1);
    bench.packs(&manager).await;
    let main = shop.primary_warehouse().id;
    let levels = [("warning", "1"), ("ideal", "2")];

    let path = format!("{}/levels/{main}", bench.set.path());
    let refused = manager.post(&path, &levels).await;
    let row = manager
        .post(&format!("/stock/{main}/{}", bench.set.id), &levels)
        .await;

    assert_eq!(refused.status(), 422);
    assert!(
        refused
            .page()
            .says(&format!("{SET} replenish the parts instead."))
    );
    assert_eq!(row.status(), 404);
}

#[actix_web::test]
async fn a_kit_is_not_put_away() {
    let bench = Bench::open().await;
    let shop = &bench.shop;
    let manager = shop.manager().await;
    bench.packs(&manager).await;
    let main = shop.primary_warehouse().id;
    let dock = shop.location(main, "DOCK", LocationKind::Dock);
    shop.location(main, "A-01", LocationKind::Shelf);
    shop.write(|act| {
        inventory::use_locations(act, main, dock)?;
        Ok(())
    });
    let said = format!("{SET} move the parts instead.");

    let asked = manager
        .page(&format!("/put-away/new?warehouse={main}&product=GIFT-SET"))
        .await;
    let fields = [
        ("warehouse", main.to_string()),
        ("product", "GIFT-SET".into()),
        ("from", "DOCK".into()),
        ("location", "A-01".into()),
        ("quantity", "1".into()),
    ];
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, typed)| (*name, &**typed))
        .collect();
    let refused = manager.post("/put-away", &fields).await;

    assert_eq!(asked.field("product").error(), said);
    assert_eq!(refused.status(), 422, "{}", refused.summary());
    assert_eq!(refused.page().field("product").error(), said);
}

#[actix_web::test]
async fn a_file_of_levels_and_counts_leaves_kits_out() {
    let bench = Bench::open().await;
    let manager = bench.shop.manager().await;
    bench.packs(&manager).await;

    let page = crate::exchange::stock::preview(
        &manager,
        "sku,warning_level,ideal_level,counted\nGIFT-SET,1,2,\nMUG,,,3\ngift-set,,,4\n",
    )
    .await;

    let refused = page.table("Lines left out");
    assert_eq!(refused.column("Line"), ["2", "4"]);
    let said = format!("{SET} count the parts instead.");
    assert_eq!(refused.column("Reason"), [&said, &said]);
}
