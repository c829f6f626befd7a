//! What leaves stands on the manifest of its carrier and day, which the driver signs.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use backfill::catalog;
use backfill::db::{Act, Who};
use backfill::preparation::{self, Departure, Error, Manifest};
use backfill::schema::manifests;
use backfill::stock;
use backfill::types::{ShipmentId, Sku};
use diesel::prelude::*;

use super::{order, shows};
use crate::support::app::Shop;

/// A parcel of one mug, for an order sent by `DHL`.
fn parcel(shop: &Shop, number: &'static str) -> ShipmentId {
    let mug = Sku::parse("MUG").expect("a SKU");
    let known = shop.read(|conn| Ok(catalog::product_by_sku(conn, &mug)?));
    let mug = known.unwrap_or_else(|| shop.new_product("MUG"));
    shop.has(&mug, 1);
    shop.prepares(order(number, 1).line(&mug, 1).place(shop))
}

fn all(shop: &Shop) -> Vec<Manifest> {
    shop.read(|conn| Ok(Manifest::query().order(manifests::id).load(conn)?))
}

fn pdf_words(bytes: &[u8]) -> String {
    let text = pdf_extract::extract_text_from_mem(bytes).expect("a PDF");
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

#[actix_web::test]
async fn parcels_of_a_day_and_a_carrier_stand_on_one_manifest() {
    let shop = Shop::open().await;
    for number in ["SO-1", "SO-2"] {
        let parcel = parcel(&shop, number);
        shop.ships(parcel);
    }
    let other = parcel(&shop, "SO-3");
    let departure = Departure {
        carrier: "UPS".into(),
        tracking_number: "1Z9".into(),
    };
    shop.write(|act| Ok(preparation::ship(act, other, &departure)?));
    let picker = shop.user().await;

    let page = picker.page("/manifests").await;
    let list = page.table("Manifests");
    assert_eq!(list.column("Number"), ["MA-000002", "MA-000001"]);
    assert_eq!(list.row("MA-000001").cell("Carrier"), "DHL");
    assert_eq!(list.row("MA-000001").cell("Parcels"), "2");
    assert_eq!(list.row("MA-000002").cell("Carrier"), "UPS");

    let narrowed = picker.page("/manifests?q=1Z9&state=open").await;
    assert_eq!(narrowed.table("Manifests").column("Number"), ["MA-000002"]);
    let none = picker.page("/manifests?state=closed").await;
    shows(&none, "No manifest like this");
    let file = picker.get("/manifests.csv?q=dhl").await.text();
    assert!(
        file.contains("MA-000001,") && !file.contains("MA-000002,"),
        "{file}"
    );

    let shown = picker.page(&page.link("MA-000001")).await;
    assert_eq!(shown.table("Parcels").column("Order"), ["SO-1", "SO-2"]);
    assert!(
        shown
            .table("Parcels")
            .row("SO-1")
            .cell("Tracking")
            .starts_with("0034-")
    );
    let gone = picker.page(&format!("/shipments/{other}")).await;
    assert!(picker.page(&gone.link("MA-000002")).await.says("UPS"));
}

#[actix_web::test]
async fn the_driver_signs_for_every_parcel_and_the_manifest_is_closed() {
    let shop = Shop::open().await;
    let first = parcel(&shop, "SO-1");
    shop.ships(first);
    let picker = shop.user().await;
    let open = picker.page("/manifests").await;
    let path = open.link("MA-000001");

    let paper = picker.get(&format!("{path}/manifest.pdf")).await;
    let words = pdf_words(paper.bytes());
    for said in [
        "Manifest",
        "MA-000001",
        "DHL",
        "SH-000001",
        "SO-1",
        "0034",
        "signature",
    ] {
        assert!(words.contains(said), "{said} in {words}");
    }
    let file = picker.get(&format!("{path}/parcels.csv")).await.text();
    assert!(file.contains("SH-000001,SO-1,"), "{file}");

    let asked = picker.page(&format!("{path}/closing")).await;
    shows(&asked, "none of it can be taken back");
    picker.send(&asked.form("form[action$='/closing']")).await;
    let closed = picker.page(&path).await;
    shows(&closed, "The driver has these parcels.");
    assert!(!closed.has("[href$='/closing']"));
    let again = picker.post(&format!("{path}/closing"), &[]).await;
    assert_eq!(again.status(), 409);
    shows(&again.page(), "MA-000001 is closed already.");

    let late = parcel(&shop, "SO-2");
    shop.ships(late);
    let known = all(&shop);
    assert_eq!(known.len(), 2, "what leaves later stands on another one");
    assert_eq!((known[0].is_open(), known[1].is_open()), (false, true));
    assert_eq!(picker.page(&path).await.table("Parcels").rows.len(), 1);
}

#[actix_web::test]
async fn no_parcel_joins_a_manifest_while_it_is_closed() {
    let shop = Shop::open().await;
    let first = parcel(&shop, "SO-1");
    shop.ships(first);
    let second = parcel(&shop, "SO-2");
    let open = all(&shop)[0].id;
    let (mut closer, mut shipper) = (shop.connect(), shop.connect());
    let (begun, waits) = mpsc::channel();

    let shipping = closer
        .transaction(|conn| {
            let act = &mut Act::new(conn, Who::BACKFILL);
            preparation::close_manifest(act, open)?;
            let shipping = thread::spawn(move || {
                shipper.transaction(|conn| {
                    begun.send(()).expect("somebody listens");
                    let act = &mut Act::new(conn, Who::BACKFILL);
                    let departure = Departure {
                        carrier: "dhl".into(),
                        tracking_number: String::new(),
                    };
                    preparation::ship(act, second, &departure)
                })
            });
            waits
                .recv_timeout(Duration::from_secs(20))
                .expect("it began");
            Ok::<_, Error>(shipping)
        })
        .expect("it is closed");
    let left = shipping.join().expect("no panic").expect("it left");

    assert_eq!(left.id, second);
    let known = all(&shop);
    assert_eq!(known.len(), 2);
    assert_eq!(known[1].carrier, "dhl", "as it was called then");
}

#[actix_web::test]
async fn two_who_ship_at_once_find_the_same_manifest() {
    let shop = Shop::open().await;
    let parcels = ["SO-1", "SO-2", "SO-3", "SO-4"].map(|number| parcel(&shop, number));

    let shipping = parcels.map(|parcel| {
        let mut conn = shop.connect();
        thread::spawn(move || {
            let departure = Departure::default();
            conn.transaction(|conn| {
                preparation::ship(&mut Act::new(conn, Who::BACKFILL), parcel, &departure)
            })
            .map(|_| ())
        })
    });
    for each in shipping {
        each.join().expect("no panic").expect("it left");
    }

    assert_eq!(all(&shop).len(), 1);
    let page = shop.user().await.page("/manifests").await;
    assert_eq!(
        page.table("Manifests").row("No carrier").cell("Parcels"),
        "4"
    );
}

#[actix_web::test]
async fn what_stands_on_a_manifest_that_is_not_its_own_is_found() {
    let shop = Shop::open().await;
    let first = parcel(&shop, "SO-1");
    shop.ships(first);
    let wrong = |sql: &str| {
        diesel::sql_query(sql)
            .execute(&mut shop.connect())
            .expect("it is written");
    };

    wrong("update manifests set carrier = 'UPS'");
    let findings = stock::verify(&mut shop.connect()).expect("the database answers");
    wrong("update manifests set carrier = 'DHL'");

    assert_eq!(findings.len(), 1);
    assert_eq!(
        findings[0].invariant,
        "a manifest names what left its warehouse with its carrier"
    );
}
