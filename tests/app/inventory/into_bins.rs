//! Goods go into the bin that is said, never into one that is archived; and the pages that tell where
//! they lie and how they came there.

use std::thread;

use backfill::catalog::{Location, LocationKind};
use backfill::db::{Db, Who};
use backfill::error::Result;
use backfill::inventory::{self, LocationInput};
use backfill::purchasing::{self, Sending};
use backfill::schema::locations;
use backfill::stock::{self, Cause, CauseKind, Happening, MoveReason, Outcome, Place};
use backfill::types::{Change, LocationId, PurchaseOrderId};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::bins::{Store, bins};
use crate::support::html::Form;
use crate::support::requests::Browser;

/// A purchase order of ten mugs that is on its way.
fn on_its_way(store: &Store) -> PurchaseOrderId {
    let supplier = store.shop.new_supplier("HART");
    store.shop.buys_at(&store.mug, &supplier);
    let draft = store.shop.drafts(&supplier, &store.mug, 10).id;
    store.shop.write(|act| {
        purchasing::send(act, draft, &Sending::WithoutMail)?;
        Ok(())
    });
    draft
}

/// The form of the receiving desk, with six mugs that go into a bin.
async fn receiving(manager: &Browser, order: PurchaseOrderId, bin: &str) -> Form {
    let path = format!("/purchase-orders/{order}/receptions/new");
    let form = manager.page(&path).await.form("#receive");
    form.with("qty-1", "6").with("bin-1", bin)
}

#[actix_web::test]
async fn what_arrives_goes_into_the_bin_that_is_said_and_onto_the_dock_otherwise() {
    let store = Store::open().await;
    let order = on_its_way(&store);
    let manager = store.shop.manager().await;

    let into = receiving(&manager, order, "a-02").await;
    manager.submit_form(&into).await;
    let rest = receiving(&manager, order, "").await.with("qty-1", "4");
    manager.submit_form(&rest).await;

    assert_eq!(store.lie(), bins([("A-02", 6, 0), ("DOCK", 4, 0)]));
}

#[actix_web::test]
async fn a_bin_that_takes_no_goods_is_refused_beside_its_line() {
    let store = Store::open().await;
    let order = on_its_way(&store);
    let manager = store.shop.manager().await;
    activate(store.shop.db(), store.shelves[2], false).expect("nothing lies there");
    let wrong = [
        ("Z-99", "There is no such bin in this warehouse."),
        (
            "A-03",
            "This bin is archived: nothing is put there any more.",
        ),
        (
            "Q",
            "What lies in quarantine is not usable: choose another bin, and move the goods from there.",
        ),
    ];

    for (bin, sentence) in wrong {
        let refused = manager.send(&receiving(&manager, order, bin).await).await;

        assert_eq!(refused.status(), 422);
        assert_eq!(refused.page().field("bin-1").error(), sentence);
        assert_eq!(refused.page().field("bin-1").value(), bin);
    }
    assert_eq!(store.lie(), bins([]));
}

#[actix_web::test]
async fn where_there_are_no_bins_none_is_asked_for() {
    let store = Store::without_bins().await;
    let order = on_its_way(&store);
    let manager = store.shop.manager().await;

    let form = receiving(&manager, order, "A-01").await;
    let path = format!("/purchase-orders/{order}/receptions/new");

    assert!(!manager.page(&path).await.has("[name='bin-1']"));
    assert_eq!(manager.send(&form).await.status(), 422);
}

/// Archives a location, as its page does, or has it used again.
fn activate(db: &Db, id: LocationId, is_active: bool) -> Result<Location> {
    db.write_now(Who::BACKFILL, |act| {
        let now: Location = Location::query()
            .filter(locations::id.eq(id))
            .first(act.conn())?;
        let input = LocationInput {
            code: now.code,
            barcode: Some(now.barcode),
            kind: LocationKind::Shelf,
            zone: now.zone,
            walk: Some(now.walk),
            capacity: now.capacity,
            is_active,
        };
        Ok(inventory::edit_location(act, id, now.version, &input)?)
    })
}

/// So many mugs are found in a bin, or gone from it.
fn finds(db: &Db, place: Place, bin: LocationId, units: i32) -> Result<Outcome> {
    let found = Happening::Adjust {
        place,
        bin: Some(bin),
        change: Change::new(units),
        reason: MoveReason::Adjustment,
        note: "found".into(),
    };
    let cause = Cause::of(CauseKind::Adjustment);
    db.write_now(Who::BACKFILL, |act| {
        Ok(stock::change(act, &cause, std::slice::from_ref(&found))?)
    })
}

/// The same, as a count finds them.
fn counts(db: &Db, place: Place, bin: LocationId, units: i32) -> Result<Outcome> {
    let found = Happening::Count {
        place,
        bin: Some(bin),
        change: Change::new(units),
        count: None,
    };
    let cause = Cause::of(CauseKind::Count);
    db.write_now(Who::BACKFILL, |act| {
        Ok(stock::change(act, &cause, std::slice::from_ref(&found))?)
    })
}

#[actix_web::test]
async fn a_bin_that_is_archived_while_goods_are_put_there_gets_none() {
    let store = Store::open().await;
    let (db, place, bin) = (store.shop.db(), store.place(), store.shelves[0]);
    for puts in [finds, counts].repeat(6) {
        let (put, archived) = thread::scope(|scope| {
            let put = scope.spawn(|| puts(db, place, bin, 3).is_ok());
            let archived = scope.spawn(|| activate(db, bin, false).is_ok());
            (put.join(), archived.join())
        });

        let (put, archived) = (put.expect("no panic"), archived.expect("no panic"));
        assert!(put != archived, "one of both: {put} {archived}");
        if put {
            finds(db, place, bin, -3).expect("they lie there");
        }
        activate(db, bin, true).expect("it is in use");
    }
}

#[actix_web::test]
async fn what_lies_in_an_archived_location_is_found() {
    let store = Store::open().await;
    store
        .finds(Some(store.shelves[0]), 3)
        .expect("they are found");
    let mut conn = store.shop.connect();
    let mut found = Vec::new();

    conn.test_transaction::<_, diesel::result::Error, _>(|conn| {
        conn.batch_execute("update locations set is_active = false where code = 'A-01'")?;
        found = stock::verify(conn)?;
        Ok(())
    });

    let said: Vec<&str> = found.iter().map(|finding| finding.invariant).collect();
    assert_eq!(said, ["nothing lies in an archived location"]);
    assert!(found[0].row.contains("location A-01"), "{}", found[0].row);
}

#[actix_web::test]
async fn movements_are_narrowed_to_a_bin_whichever_end_it_was() {
    let store = Store::open().await;
    store.receives(10);
    let [first, second, _] = store.shelves;
    store.puts_away(store.dock, first, 6).expect("it is put");
    store.puts_away(first, second, 2).expect("it is put");
    let user = store.shop.user().await;
    let units = async |path: &str| {
        let page = user.page(path).await;
        let table = page.table("Movements");
        table.column("Units").join(" ")
    };

    assert_eq!(units("/movements?bin=a-01").await, "2 6");
    assert_eq!(units("/movements?bin=A-02").await, "2");
    assert_eq!(units("/movements?bin=DOCK").await, "6 +10");
    let barcode = format!(
        "/movements?bin={}-A-01&warehouse={}",
        store.main, store.main
    );
    assert_eq!(units(&barcode).await, "2 6");
    assert_eq!(
        units("/movements?bin=A-01&reason=put_away&user=").await,
        "2 6"
    );
    assert!(
        user.page("/movements?bin=Z-99")
            .await
            .says("No movement like this")
    );
    let file = user.get("/movements.csv?bin=A-02").await.text();
    assert_eq!(file.lines().count(), 2, "{file}");
    let location = user.page(&format!("/locations/{first}")).await;
    assert_eq!(units(&location.link("All movements")).await, "2 6");
}

#[actix_web::test]
async fn the_movements_of_a_bin_are_leafed_through() {
    let store = Store::open().await;
    for units in 1..=60 {
        store
            .finds(Some(store.shelves[0]), units)
            .expect("they are found");
        store
            .finds(Some(store.shelves[1]), units)
            .expect("they are found");
    }
    let user = store.shop.user().await;

    let (page, statements) = store
        .shop
        .statements_of(user.page("/movements?bin=A-01"))
        .await;
    let next = user.page(&format!("/movements{}", page.link("Next"))).await;

    assert!(statements <= 5, "{statements} statements");
    assert_eq!(page.table("Movements").column("Units")[..2], ["+60", "+59"]);
    let rest = next.table("Movements");
    assert_eq!(rest.column("Units").len(), 10);
    assert_eq!(rest.column("Units")[9], "+1");
}

#[actix_web::test]
async fn a_product_names_its_bins() {
    let store = Store::open().await;
    store.receives(10);
    store
        .puts_away(store.dock, store.shelves[0], 6)
        .expect("it is put");
    let user = store.shop.user().await;
    let product = user.page(&store.mug.path()).await;
    let path = format!("{}/bins", store.mug.path());
    assert!(product.has(&format!("[hx-get='{path}']")));

    let shown = user.page(&path).await;

    let table = shown.table("Bins");
    let cells = ["Warehouse", "Bin", "Zone", "Units", "For parcels"];
    assert_eq!(
        cells.map(|head| table.row("A-01").cell(head)),
        ["MAIN", "A-01", "", "6", "0"]
    );
    assert_eq!(
        shown.link("A-01"),
        format!("/locations/{}", store.shelves[0])
    );
}

#[actix_web::test]
async fn a_product_gets_no_barcode_that_is_on_a_location() {
    let store = Store::open().await;
    let manager = store.shop.manager().await;
    let form = manager
        .page("/products/new")
        .await
        .form("form[action='/products']");
    let label = format!("{}-A-01", store.main);
    let form = form
        .with("sku", "JUG")
        .with("name", "Jug")
        .with("price", "1")
        .with("barcode", &label);

    let refused = manager.send(&form).await;

    assert_eq!(refused.status(), 422);
    assert_eq!(
        refused.page().field("barcode").error(),
        "This barcode is on the location A-01."
    );
}
