//! A movement that was a mistake is corrected by its opposite.

use backfill::preparation::{self, Departure};
use backfill::types::{OrderId, ShipmentId};
use backfill::web::Role;

use crate::support::app::Shop;
use crate::support::html::Form;
use crate::support::requests::Browser;

async fn on_hand(reader: &Browser) -> String {
    let stock = reader.page("/stock").await.table("Stock");
    stock.rows[0].cell("On hand").to_owned()
}

async fn correction(manager: &Browser, movement: u32) -> Form {
    let path = format!("/movements/{movement}/correction");
    let page = manager.page(&path).await;
    page.form("form[action$=correction]")
        .with("reason", "Typed a 9 for a 6")
}

fn in_parcel(shop: &Shop, order: OrderId) -> ShipmentId {
    let (warehouse, picker) = (shop.primary_warehouse().id, shop.person(Role::User).id);
    shop.write_as(picker, |act| {
        Ok(preparation::prepare(act, order, warehouse)?)
    })
}

#[actix_web::test]
async fn the_opposite_is_written_and_both_name_each_other() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 9);
    shop.sells("SO-1", &mug, 4);
    shop.sells("SO-2", &mug, 3);
    let manager = shop.manager().await;

    let asked = manager.page("/movements/1/correction").await;
    let effects = asked.table("What it would do");
    let opposite = manager.submit_form(&correction(&manager, 1).await).await;

    assert!(effects.row("SO-1").cell("Then").starts_with("loses: "));
    assert!(opposite.says("The movement is corrected."));
    assert_eq!(opposite.text(".page-head h2"), "\u{2212}9 of Product MUG");
    assert_eq!(
        opposite.link("the movement that was a mistake"),
        "/movements/1"
    );
    let wrong = manager.page("/movements/1").await;
    assert_eq!(wrong.link("its opposite"), "/movements/2");
    let table = manager.page("/movements").await.table("Movements");
    assert_eq!(
        table.column("Reason"),
        ["Adjustment Correction", "Adjustment Corrected"]
    );
    assert_eq!(table.column("Level after"), ["0", "9"]);
}

#[actix_web::test]
async fn a_movement_is_corrected_once_and_a_correction_never() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 9);
    let manager = shop.manager().await;
    let form = correction(&manager, 1).await;

    let first = manager.send(&form).await;
    let same = manager.send(&form).await;
    let again = manager.send(&form.without("key")).await;
    let of_correction = manager.get("/movements/2/correction").await;

    assert_eq!(first.location(), same.location());
    assert_eq!((again.status(), of_correction.status()), (409, 409));
    assert!(again.page().says("This movement was corrected already."));
    assert_eq!(on_hand(&manager).await, "0");
    let page = manager.page("/movements/1").await;
    assert!(!page.says("Correct it"));
}

#[actix_web::test]
async fn what_is_not_there_any_more_is_said_and_not_taken() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 5);
    let order = shop.sells("SO-1", &mug, 4);
    in_parcel(&shop, order);
    let manager = shop.manager().await;

    let asked = manager.page("/movements/1/correction").await;
    let refused = manager.send(&correction(&manager, 1).await).await;

    let why = "5 cannot leave: 5 on hand, and 4 of them are in parcels being prepared: \
               4 for SO-1 (line 1) in SH-000001.";
    assert!(asked.says(why), "{}", asked.words());
    assert_eq!(refused.status(), 422);
    assert!(refused.page().says(why));
    assert_eq!(on_hand(&manager).await, "5");
}

#[actix_web::test]
async fn what_a_document_moved_is_not_corrected_here() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 5);
    let order = shop.sells("SO-1", &mug, 4);
    let parcel = in_parcel(&shop, order);
    shop.write(|act| Ok(preparation::ship(act, parcel, &Departure::default())?));
    let manager = shop.manager().await;

    let refused = manager.get("/movements/2/correction").await;

    assert_eq!(refused.status(), 409);
    assert!(!manager.page("/movements/2").await.says("Correct it"));
}
