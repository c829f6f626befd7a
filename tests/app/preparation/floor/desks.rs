//! Two packers: they see each other, and only one of them packs an order.

use std::sync::Barrier;
use std::thread;

use backfill::preparation::{self, Read, ShipmentStatus, Station};
use backfill::schema::shipments;
use diesel::prelude::*;

use super::{packs, scans, told};
use crate::preparation::order;
use crate::support::app::Shop;

#[actix_web::test]
async fn one_order_is_packed_at_one_desk_until_somebody_takes_it_over() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 2);
    let parcel = shop.picked(order("SO-1", 1).line(&mug, 2).place(&shop));
    let (ann, ben) = (shop.packer().await, shop.manager().await);
    packs(&ann, &shop, "SO-1").await;
    packs(&ann, &shop, "MUG").await;

    let refused = packs(&ben, &shop, "SO-1").await;
    assert!(
        refused.contains("has SH-000001 open: take it over first"),
        "{refused}"
    );
    let page = ben.page(&format!("/shipments/{parcel}")).await;
    assert!(page.says("Being packed by"), "{}", page.words());

    let desk = ben.page("/packing").await;
    ben.submit_form(&desk.form(&format!("form[action='/packing/{parcel}']")))
        .await;

    // What Ann scans for the parcel that her page still shows goes nowhere else.
    let (warehouse, seen) = (shop.primary_warehouse().id.to_string(), parcel.to_string());
    let fields = [
        ("warehouse", warehouse.as_str()),
        ("code", "MUG"),
        ("seen", seen.as_str()),
    ];
    let late = told(&scans(&ann, "/packing/scans", "station", &fields).await);
    assert!(
        late.contains("took SH-000001 over: it is packed there."),
        "{late}"
    );
    assert_eq!(
        packs(&ben, &shop, "MUG").await,
        "Counted MUG: 1. SH-000001 is packed."
    );
    assert_eq!(shop.status(parcel), ShipmentStatus::Packed);
    shop.is_sound();
}

#[actix_web::test]
async fn a_parcel_that_is_begun_is_finished_or_put_aside_before_the_next() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 4);
    for (number, minute) in [("SO-1", 1), ("SO-2", 2)] {
        shop.picked(order(number, minute).line(&mug, 2).place(&shop));
    }
    let packer = shop.packer().await;

    packs(&packer, &shop, "SO-1").await;
    assert_eq!(
        packs(&packer, &shop, "SO-2").await,
        "Opened SH-000002: 2 to pack.",
        "nothing was begun"
    );
    packs(&packer, &shop, "MUG").await;
    let refused = packs(&packer, &shop, "SO-1").await;
    assert!(refused.contains("SH-000002 is not finished"), "{refused}");
    let desk = packer.page("/packing").await;
    packer
        .submit_form(&desk.form("form[action='/packing/aside']"))
        .await;

    assert_eq!(
        packs(&packer, &shop, "SO-1").await,
        "Opened SH-000001: 2 to pack."
    );
    assert_eq!(
        packs(&packer, &shop, "SO-2").await,
        "Opened SH-000002: 1 to pack.",
        "as it was left"
    );
}

#[actix_web::test]
async fn a_scan_that_is_sent_again_counts_once() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 2);
    shop.picked(order("SO-1", 1).line(&mug, 2).place(&shop));
    let packer = shop.packer().await;
    packs(&packer, &shop, "SO-1").await;
    let warehouse = shop.primary_warehouse().id.to_string();
    let sent = [
        ("key", "0123456789abcdef"),
        ("warehouse", &warehouse),
        ("code", "MUG"),
    ];

    let first = packer.htmx("station").post("/packing/scans", &sent).await;
    let again = packer.htmx("station").post("/packing/scans", &sent).await;

    assert_eq!(told(&first), "Counted MUG: 1. 1 left to pack.");
    assert_eq!(told(&again), told(&first));
    let desk = packer.page("/packing").await;
    assert_eq!(desk.table("To pack").row("MUG").cell("Packed"), "1");
}

#[actix_web::test]
async fn a_refused_scan_sent_again_is_refused_again() {
    let shop = Shop::open().await;
    let packer = shop.packer().await;
    let warehouse = shop.primary_warehouse().id.to_string();
    let sent = [
        ("key", "0123456789abcdef"),
        ("warehouse", &warehouse),
        ("code", "NOPE"),
    ];

    for _ in 0..2 {
        let reply = packer.htmx("station").post("/packing/scans", &sent).await;
        assert_eq!(told(&reply), "No Nothing is called NOPE.");
    }
    let empty = [
        ("key", "0123456789abcdf0"),
        ("warehouse", &warehouse),
        ("code", " "),
    ];
    let reply = packer.post("/packing/scans", &empty).await;
    assert_eq!(reply.status(), 422);
}

#[actix_web::test]
async fn what_comes_late_for_a_parcel_that_somebody_finished_opens_no_other() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 3);
    let first = shop.picked(order("SO-1", 1).line(&mug, 2).place(&shop));
    let other = shop.picked(order("SO-2", 2).line(&mug, 1).place(&shop));
    let (ann, ben) = (shop.packer().await, shop.manager().await);
    packs(&ann, &shop, "SO-1").await;
    let desk = ben.page("/packing").await;
    assert!(!desk.has(&format!("form[action='/packing/{first}']")));
    packs(&ben, &shop, "SO-1").await;
    let desk = ben.page("/packing").await;
    ben.submit_form(&desk.form(&format!("form[action='/packing/{first}']")))
        .await;
    ben.post("/packing/aside", &[]).await;

    // Ann's tablet has a network again, and what it showed is what she meant.
    let (warehouse, seen) = (shop.primary_warehouse().id.to_string(), first.to_string());
    let fields = [
        ("warehouse", warehouse.as_str()),
        ("code", "MUG"),
        ("seen", seen.as_str()),
    ];
    let late = told(&scans(&ann, "/packing/scans", "station", &fields).await);

    assert!(late.contains("took SH-000001 over"), "{late}");
    assert_eq!(shop.status(other), ShipmentStatus::Picked);
    shop.is_sound();
}

#[actix_web::test]
async fn somebody_at_three_desks_at_once_opens_one_parcel_after_the_other() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 3);
    let numbers = ["SO-1", "SO-2", "SO-3"];
    for (minute, number) in (1_i64..).zip(numbers) {
        shop.picked(order(number, minute).line(&mug, 1).place(&shop));
    }
    let station = Station {
        warehouse: shop.primary_warehouse().id,
        seen: None,
        unscanned: false,
    };
    let (db, picker) = (shop.db().clone(), shop.picker());
    let start = Barrier::new(numbers.len());

    thread::scope(|scope| {
        for number in numbers {
            let (db, start) = (&db, &start);
            scope.spawn(move || {
                start.wait();
                db.write_now(picker, |act| {
                    Ok(preparation::scan_pack(act, &station, &Read::of(number))?)
                })
                .expect("it is opened, after the other");
            });
        }
    });

    let open: i64 = shop.read(|conn| {
        let open = shipments::table.filter(shipments::packer_id.is_not_null());
        Ok(open.count().get_result(conn)?)
    });
    assert_eq!(open, 1);
    shop.is_sound();
}
