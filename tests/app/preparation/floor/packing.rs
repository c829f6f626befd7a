//! Packing by scan: a wrong item is a loud no, and nothing leaves before all is scanned.

use backfill::preparation::ShipmentStatus;

use super::packs;
use crate::preparation::order;
use crate::support::app::Shop;

#[actix_web::test]
async fn an_order_is_opened_packed_and_sent_by_scanning_alone() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    let pan = shop.new_product("PAN");
    for (product, units) in [(&mug, 2), (&jug, 1), (&pan, 1)] {
        shop.has(product, units);
    }
    shop.labels(&mug, "4006381333931", 1);
    let asked = order("SO-1", 1).line(&mug, 2).line(&jug, 1).place(&shop);
    let parcel = shop.picked(asked);
    let packer = shop.packer().await;

    for (code, answer) in [
        ("NOPE", "No Nothing is called NOPE."),
        ("PAN", "No No picked order waits for PAN alone."),
        ("SO-1", "Opened SH-000001: 3 to pack."),
        ("4006381333931", "Counted MUG: 1. 2 left to pack."),
        ("PAN", "No No: PAN is not in SH-000001."),
        ("JUG", "Counted JUG: 1. 1 left to pack."),
        ("JUG", "No No: all of JUG are packed already. One too many."),
        (
            "2*MUG",
            "No Scan each unit: you may not count several at once.",
        ),
        ("mug", "Counted MUG: 1. SH-000001 is packed."),
        ("MUG", "No No: SH-000001 is packed. One too many."),
    ] {
        assert_eq!(packs(&packer, &shop, code).await, answer, "{code}");
    }
    assert_eq!(shop.status(parcel), ShipmentStatus::Packed);
    let desk = packer.page("/packing").await;
    assert!(desk.link("Packing slip").ends_with("/packing-slip.pdf"));

    assert_eq!(
        packs(&packer, &shop, "00340434161094015902").await,
        "Opened SH-000001 has left, 00340434161094015902."
    );

    assert_eq!(shop.status(parcel), ShipmentStatus::Shipped);
    let page = packer.page(&format!("/shipments/{parcel}")).await;
    assert!(page.says("00340434161094015902"));
    assert!(packer.page("/packing").await.says("Nothing is open here"));
    shop.is_sound();
}

#[actix_web::test]
async fn a_parcel_that_was_not_scanned_is_not_offered_to_leave_and_does_not() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 1);
    let parcel = shop.picked(order("SO-1", 1).line(&mug, 1).place(&shop));
    let (packer, manager) = (shop.packer().await, shop.manager().await);
    let path = format!("/shipments/{parcel}");

    let page = packer.page(&path).await;
    assert!(!page.has("#departure"), "it is not packed");
    assert!(!page.has("form[action$='/packed']"));
    let offered = manager.page(&path).await.form("#departure");
    let refused = packer.send(&offered).await;
    assert_eq!(refused.status(), 409);
    assert!(
        refused
            .text()
            .contains("Not all of SH-000001 is scanned into packages")
    );
    assert_eq!(shop.status(parcel), ShipmentStatus::Picked);

    // The company decides that nobody does.
    let admin = shop.admin().await;
    let settings = admin.page("/settings").await.form("#company-form");
    admin.send(&settings.without("ships_unscanned")).await;
    assert_eq!(manager.send(&offered).await.status(), 409);
    assert!(!manager.page(&path).await.has("#departure"));
    assert_eq!(shop.status(parcel), ShipmentStatus::Picked);
}

#[actix_web::test]
async fn the_last_scan_is_taken_back_and_those_who_may_count_by_hand() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 3);
    let parcel = shop.picked(order("SO-1", 1).line(&mug, 3).place(&shop));
    let manager = shop.manager().await;
    packs(&manager, &shop, "SH-1").await;
    assert_eq!(
        packs(&manager, &shop, "3*MUG").await,
        "Counted MUG: 3. SH-000001 is packed."
    );

    let desk = manager.page("/packing").await;
    manager
        .submit_form(&desk.form("form[action$='/undo']"))
        .await;
    assert_eq!(shop.status(parcel), ShipmentStatus::Picked);
    let desk = manager.page("/packing").await;
    assert_eq!(desk.table("To pack").row("MUG").cell("Packed"), "0");
    let by_hand = desk.form("form[action*='/lines/']");
    for (change, packed) in [("1", "1"), ("1", "2"), ("-1", "1")] {
        let desk = manager.page("/packing").await;
        let by_hand = desk.form("form[action*='/lines/']");
        let desk = manager.submit_form(&by_hand.with("change", change)).await;
        assert_eq!(desk.table("To pack").row("MUG").cell("Packed"), packed);
    }

    let packer = shop.packer().await;
    assert!(!packer.page("/packing").await.has("form[action*='/lines/']"));
    let refused = packer.send(&by_hand.with("change", "1")).await;
    assert_eq!(refused.status(), 409, "not everybody may");
    shop.is_sound();
}

#[actix_web::test]
async fn a_parcel_leaves_in_several_packages_each_with_its_weight_and_label() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 2);
    let parcel = shop.picked(order("SO-1", 1).line(&mug, 2).place(&shop));
    let packer = shop.packer().await;
    packs(&packer, &shop, "SO-1").await;
    packs(&packer, &shop, "MUG").await;
    let desk = packer.page("/packing").await;
    packer
        .submit_form(&desk.form("form[action$='/packages']"))
        .await;
    packs(&packer, &shop, "MUG").await;

    let ask = packer.page(&format!("/packing/{parcel}/packages/2")).await;
    let wrong = ask
        .form("#package")
        .with("weight", "heavy")
        .with("length", "0");
    let refused = packer.send(&wrong).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().contains("Enter a weight in kilograms"));
    let form = ask.form("#package").with("weight", "1,25");
    let form = form
        .with("length", "300")
        .with("width", "200")
        .with("height", "150");
    let desk = packer.submit_form(&form).await;

    assert!(
        desk.says("Package 2: 1.25 kg, 300 × 200 × 150 mm"),
        "{}",
        desk.words()
    );
    let labels = packer.get(&format!("/shipments/{parcel}/labels.pdf")).await;
    let text = pdf_extract::extract_text_from_mem(labels.bytes()).expect("a PDF");
    assert!(text.contains("1 of 2") && text.contains("2 of 2"), "{text}");
    assert!(text.contains("1 Harbour Street"), "{text}");
    let unknown = packer.get(&format!("/packing/{parcel}/packages/9")).await;
    assert_eq!(unknown.status(), 404);
}

#[actix_web::test]
async fn a_partial_order_is_shipped_twice() {
    let shop = Shop::open().await;
    let (mug, jug) = (shop.new_product("MUG"), shop.new_product("JUG"));
    shop.has(&mug, 2);
    let asked = order("SO-1", 1).line(&mug, 2).line(&jug, 1).place(&shop);
    let packer = shop.packer().await;

    let first = shop.picked(asked);
    for code in ["SO-1", "MUG", "MUG", "0001"] {
        packs(&packer, &shop, code).await;
    }
    assert_eq!(shop.status(first), ShipmentStatus::Shipped);
    shop.has(&jug, 1);
    let second = shop.picked(asked);
    for code in ["SO-1", "JUG", "0002"] {
        packs(&packer, &shop, code).await;
    }

    assert_eq!(shop.status(second), ShipmentStatus::Shipped);
    let page = packer.page(&format!("/shipments/{second}")).await;
    assert!(
        page.says("Nothing of SO-1 is left to ship."),
        "{}",
        page.words()
    );
    shop.is_sound();
}
