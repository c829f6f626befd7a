//! A product becomes a kit, as long as it is nowhere.

use backfill::catalog::LocationKind;
use backfill::inventory::{self, CountScope, NewCount};
use backfill::schema::{bin_contents, levels, warehouses};
use diesel::prelude::*;

use super::{Bench, packed_of};

#[actix_web::test]
async fn a_product_becomes_a_kit_when_it_gets_parts() {
    let bench = Bench::open().await;
    let manager = bench.shop.manager().await;
    assert!(
        bench
            .parts(&manager, &bench.set)
            .await
            .says("Make it a kit")
    );

    let page = manager.follow(&bench.packs(&manager).await).await;

    assert!(page.says("GIFT-SET is a kit of 2 \u{d7} MUG and 1 \u{d7} TEA."));
    assert!(!page.has("#levels table"), "a kit has no levels");
    let history = page.texts(".timeline li").join(" ");
    assert!(history.contains("Parts of the kit set") && history.contains("2 of MUG, 1 of TEA"));
    let card = bench.parts(&manager, &bench.set).await;
    let parts = card.table("Parts");
    assert_eq!(parts.column("Part"), ["MUG", "TEA"]);
    assert_eq!(parts.column("In one kit"), ["2", "1"]);
    let mug = bench.parts(&manager, &bench.mug).await;
    assert!(
        mug.says("Is a part of GIFT-SET (2 each)"),
        "{}",
        mug.words()
    );
}

#[actix_web::test]
async fn who_may_not_change_products_sees_the_parts_and_changes_none() {
    let bench = Bench::open().await;
    bench.packs(&bench.shop.manager().await).await;
    let user = bench.shop.user().await;

    let card = bench.parts(&user, &bench.set).await;
    let sent = user.post(&format!("{}/parts", bench.set.path()), &[]).await;

    assert_eq!(card.table("Parts").column("Part"), ["MUG", "TEA"]);
    assert!(!card.says("Edit parts"));
    assert_eq!(sent.status(), 403);
}

/// What stands in the way of the set, as its form says it.
async fn refusal(bench: &Bench) -> String {
    let manager = bench.shop.manager().await;
    let refused = bench.packs(&manager).await;
    assert_eq!(refused.status(), 422, "{}", refused.summary());
    let form = refused.page().form("form.form");
    let typed: Vec<&str> = form
        .fields
        .iter()
        .filter(|(name, _)| name == "sku")
        .map(|(_, typed)| typed.as_str())
        .collect();
    assert_eq!(typed, ["MUG", "TEA", ""], "as it was typed");
    refused.page().text(".notice")
}

#[actix_web::test]
async fn stock_that_lies_anywhere_stands_in_the_way() {
    let bench = Bench::open().await;
    bench.shop.has(&bench.set, 5);
    let east = bench.shop.warehouse("EAST");
    bench.shop.has_in(east, &bench.set, 2);

    assert_eq!(
        refusal(&bench).await,
        "GIFT-SET cannot become a kit: 5 on hand in MAIN; 2 on hand in EAST."
    );
}

#[actix_web::test]
async fn orders_that_wait_for_it_and_units_on_their_way_stand_in_the_way() {
    let bench = Bench::open().await;
    let supplier = bench.shop.new_supplier("HART");
    bench.shop.sells("SO-1", &bench.set, 3);
    let order = bench.shop.drafts(&supplier, &bench.set, 9);
    let sent = backfill::purchasing::Sending::WithoutMail;
    bench
        .shop
        .write(|act| Ok(backfill::purchasing::send(act, order.id, &sent)?));

    let said = refusal(&bench).await;

    let number = &order.number;
    assert_eq!(
        said,
        format!(
            "GIFT-SET cannot become a kit: 3 to ship and 9 incoming in MAIN; a line of {number}."
        )
    );
}

#[actix_web::test]
async fn drafts_counts_and_other_kits_that_name_it_stand_in_the_way() {
    let bench = Bench::open().await;
    let shop = &bench.shop;
    let main = shop.primary_warehouse().id;
    let order = shop.drafts(&shop.new_supplier("HART"), &bench.set, 9);
    let transfer = shop.drafts_transfer([main, shop.warehouse("EAST")], &[(bench.set.id, 1)]);
    // A count lists what was there once.
    shop.has(&bench.set, 1);
    shop.has(&bench.set, -1);
    let scope = CountScope {
        none_too: true,
        products: vec![bench.set.id],
        ..CountScope::all_of(main)
    };
    let new = NewCount {
        scope,
        asked: "The set".into(),
        blind: false,
    };
    let count = shop.write(|act| Ok(inventory::begin_count(act, &new)?));
    shop.new_kit("HAMPER", &[(&bench.set, 1)]);

    assert_eq!(
        refusal(&bench).await,
        format!(
            "GIFT-SET cannot become a kit: a line of {}; a line of {}; a place of {}; it is a part of \
             HAMPER.",
            order.number, transfer.number, count.number
        )
    );
}

#[actix_web::test]
async fn goods_in_quarantine_stand_in_the_way() {
    let bench = Bench::open().await;
    let shop = &bench.shop;
    let main = shop.primary_warehouse().id;
    let bin = shop.location(main, "Q", LocationKind::Quarantine);
    shop.has(&bench.set, 1);
    shop.has(&bench.set, -1);
    let set = bench.set.id;
    let lies = move |conn: &mut PgConnection, units: i32| {
        diesel::update(warehouses::table.find(main))
            .set(warehouses::uses_locations.eq(units > 0))
            .execute(conn)?;
        diesel::delete(bin_contents::table).execute(conn)?;
        if units > 0 {
            let row = (
                bin_contents::warehouse_id.eq(main),
                bin_contents::product_id.eq(set),
                bin_contents::location_id.eq(bin),
                bin_contents::quantity.eq(units),
                bin_contents::since.eq(diesel::dsl::now),
            );
            diesel::insert_into(bin_contents::table)
                .values(row)
                .execute(conn)?;
        }
        QueryResult::Ok(())
    };
    lies(&mut shop.connect(), 4).expect("it is put there");

    let said = refusal(&bench).await;

    assert_eq!(
        said,
        "GIFT-SET cannot become a kit: 4 in quarantine in MAIN."
    );
    lies(&mut shop.connect(), 0).expect("it is gone again");
}

#[actix_web::test]
async fn a_kit_is_replenished_by_no_level_of_its_own() {
    let bench = Bench::open().await;
    let shop = &bench.shop;
    // It was kept here once, and the warehouse replenishes what runs low.
    shop.has(&bench.set, 1);
    shop.has(&bench.set, -1);
    shop.write(|act| {
        diesel::update(warehouses::table)
            .set((
                warehouses::default_warning_level.eq(5),
                warehouses::default_ideal_level.eq(10),
            ))
            .execute(act.conn())?;
        Ok(())
    });
    let manager = shop.manager().await;
    assert!(manager.page("/replenishment").await.says("GIFT-SET"));

    manager.follow(&bench.packs(&manager).await).await;

    let needs = manager.page("/replenishment").await;
    assert!(!needs.says("GIFT-SET"), "{}", needs.words());
    assert!(!manager.page("/stock").await.says("GIFT-SET"));
    let form = bench.form(&manager, &bench.set).await;
    manager.submit_form(&packed_of(form, &[])).await;
    assert!(manager.page("/replenishment").await.says("GIFT-SET"));
    let kept: i64 = shop.read(|conn| Ok(levels::table.count().get_result(conn)?));
    assert_eq!(kept, 1);
}
