//! The files of a carrier: the one it takes, and the one with its tracking numbers.

use backfill::preparation::{Shipment, ShipmentStatus};
use backfill::schema::shipments;
use backfill::types::{CarrierId, ShipmentId};
use diesel::prelude::*;

use super::leaving::{dhl, labels, packs};
use super::shows;
use crate::support::app::Shop;
use crate::support::requests::{Browser, Reply};

/// What the admin says on the page of the carrier.
async fn describes(admin: &Browser, carrier: CarrierId, said: &[(&str, &str)]) -> Reply {
    let page = admin.page(&format!("/carriers/{carrier}/edit")).await;
    let form = said
        .iter()
        .fold(page.form("#carrier-files"), |form, (name, value)| {
            form.with(name, value)
        });
    admin.send(&form).await
}

const COLUMNS: &str = "Ref = parcel\nname\nStreet = address1\nTown = address2\nLand = country\n\
    Phone = phone\nSender = \"=Harbour\"\nWeight = weight_kg";

fn parcel(shop: &Shop, id: ShipmentId) -> Shipment {
    shop.read(|conn| Ok(Shipment::query().filter(shipments::id.eq(id)).first(conn)?))
}

#[actix_web::test]
async fn what_is_packed_for_a_carrier_is_written_as_it_wants_it() {
    let shop = Shop::open().await;
    let carrier = dhl(&shop);
    packs(&shop, &["SO-1", "SO-2"]);
    let (admin, picker) = (shop.admin().await, shop.user().await);
    let path = format!("/carriers/{carrier}/export.csv");
    let early = picker.get(&path).await;
    assert_eq!(early.status(), 409);
    shows(&early.page(), "Nobody has said yet which columns");

    let said = [
        ("export_columns", COLUMNS),
        ("export_separator", "semicolon"),
    ];
    let saved = describes(&admin, carrier, &said).await;
    assert_eq!(saved.status(), 303, "{}", saved.summary());

    assert_eq!(
        picker.get(&path).await.text(),
        "Ref;Name of the customer;Street;Town;Land;Phone;Sender;Weight\n\
         SH-000001;Customer SO-1;1 Harbour Street;Bristol;United Kingdom;;'=Harbour;0.000\n\
         SH-000002;Customer SO-2;1 Harbour Street;Bristol;United Kingdom;;'=Harbour;0.000\n"
    );
    let elsewhere = shop.warehouse("EAST");
    let other = picker
        .get(&format!("{path}?warehouse={elsewhere}"))
        .await
        .text();
    assert_eq!(other.lines().count(), 1, "nothing is packed there: {other}");
}

#[actix_web::test]
async fn a_column_that_there_is_not_is_named_beside_its_field() {
    let shop = Shop::open().await;
    let carrier = dhl(&shop);
    let admin = shop.admin().await;

    let refused = describes(&admin, carrier, &[("export_columns", "Zip = postcode")]).await;
    assert_eq!(refused.status(), 422);
    let error = refused.page().field("export_columns").error().to_owned();
    assert!(
        error.starts_with("Line 1: there is no field postcode."),
        "{error}"
    );
    assert_eq!(
        refused.page().field("export_columns").value(),
        "Zip = postcode"
    );

    let half = describes(&admin, carrier, &[("import_reference", "ref")]).await;
    assert_eq!(half.status(), 422);
    assert_eq!(
        half.page().field("import_tracking").error(),
        "Name this column too."
    );
}

#[actix_web::test]
async fn every_line_of_a_carriers_file_is_judged_before_its_numbers_are_taken_once() {
    let shop = Shop::open().await;
    let carrier = dhl(&shop);
    let parcels = packs(&shop, &["SO-1", "SO-2", "SO-3", "SO-4"]);
    labels(&shop, parcels[2], "JJD003");
    shop.ships_with(parcels[3], "JJD004");
    let (admin, picker) = (shop.admin().await, shop.user().await);
    let path = format!("/carriers/{carrier}/tracking");
    shows(
        &picker.page(&path).await,
        "Nobody has said yet how the file",
    );
    let said = [
        ("import_reference", "Order no"),
        ("import_reference_is", "order"),
        ("import_tracking", "3"),
    ];
    describes(&admin, carrier, &said).await;

    let file = "order no,weight,barcode\nSO-1,1,JJD001\nSO-2,1,4006\nSO-3,1,JJD003\nSO-4,1,JJD004\n\
                SO-9,1,JJD009\nSO-2,1,\nSO-1,1,JJD111\n";
    let sent = ("file", "numbers.csv", file.as_bytes());
    let looked = picker.upload(&path, &[], sent).await;
    assert_eq!(looked.status(), 200, "{}", looked.summary());
    let page = looked.page();
    let lines = page.table("Lines");
    for (line, becomes) in [
        ("2", "Taken SH-000001"),
        (
            "3",
            "Left out 4006 does not look like a tracking number of DHL Parcel.",
        ),
        ("4", "SH-000003 has it already."),
        ("5", "Left out SH-000004 has already left."),
        ("6", "Left out There is no parcel of an order SO-9."),
        ("7", "Left out It has no tracking number."),
        ("8", "Left out SH-000001 is named on line 2 already."),
    ] {
        let row = lines.rows.iter().find(|row| row.cell("Line") == line);
        let row = row.expect("a line");
        assert_eq!(row.cell("What becomes of it"), becomes);
    }
    assert_eq!(
        parcel(&shop, parcels[0]).tracking_number,
        "",
        "nothing is written yet"
    );

    let form = page.form("#confirm");
    let taken = picker.submit_form(&form).await;
    picker.send(&form).await;

    shows(&taken, "1 parcel has its tracking number.");
    let first = parcel(&shop, parcels[0]);
    assert_eq!(
        (&*first.carrier, &*first.tracking_number),
        ("DHL Parcel", "JJD001")
    );
    assert_eq!(first.status, ShipmentStatus::Packed);
    let history = picker.page(&first.path()).await;
    assert_eq!(
        history
            .words()
            .matches("Labelled DHL Parcel JJD001")
            .count(),
        1
    );
}

#[actix_web::test]
async fn a_file_that_comes_to_something_else_by_now_is_looked_at_again() {
    let shop = Shop::open().await;
    let carrier = dhl(&shop);
    let parcels = packs(&shop, &["SO-1", "SO-2"]);
    let (admin, picker) = (shop.admin().await, shop.user().await);
    let said = [("import_reference", "1"), ("import_tracking", "2")];
    describes(&admin, carrier, &said).await;
    let path = format!("/carriers/{carrier}/tracking");
    let file = (
        "file",
        "numbers.csv",
        &b"sh-000001,JJD001\nSH-000002,JJD002\n"[..],
    );
    let looked = picker.upload(&path, &[], file).await.page();

    shop.ships_with(parcels[0], "JJD001");
    let late = picker.send(&looked.form("#confirm")).await;

    assert_eq!(late.status(), 422);
    shows(&late.page(), "What the file comes to is another by now.");
    let again = picker.submit_form(&late.page().form("#confirm")).await;
    shows(&again, "1 parcel has its tracking number.");
    assert_eq!(parcel(&shop, parcels[1]).tracking_number, "JJD002");
}

#[actix_web::test]
async fn a_file_without_the_columns_of_its_carrier_is_refused_with_those_it_has() {
    let shop = Shop::open().await;
    let carrier = dhl(&shop);
    let (admin, picker) = (shop.admin().await, shop.user().await);
    let said = [
        ("import_reference", "Parcel"),
        ("import_tracking", "Barcode"),
    ];
    describes(&admin, carrier, &said).await;
    let path = format!("/carriers/{carrier}/tracking");

    for (file, why) in [
        (
            &b"parcel,code\n1,2\n"[..],
            "The file has no column Barcode. It has: parcel, code.",
        ),
        (&b"%PDF-1.4"[..], "This is a PDF and not a CSV file."),
        (&b""[..], "The file is empty."),
    ] {
        let refused = picker.upload(&path, &[], ("file", "x.csv", file)).await;
        assert_eq!(refused.status(), 422);
        let error = refused.page().field("file").error().to_owned();
        assert!(error.starts_with(why), "{error}");
    }
}
