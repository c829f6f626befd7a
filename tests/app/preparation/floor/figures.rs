//! The numbers of the floor: who did how much, and whether today's orders leave in time.

use backfill::preparation::Walk;
use backfill::schema::carriers;
use backfill::web::Role;
use diesel::prelude::*;

use super::{packs, picks};
use crate::inventory::bins::Store;

#[actix_web::test]
async fn what_everybody_scanned_is_counted_for_each_of_them_and_each_day() {
    let store = Store::open().await;
    store.receives(6);
    store
        .puts_away(store.dock, store.shelves[0], 6)
        .expect("they lie");
    let orders = [store.sells("SO-1", 1, 3), store.sells("SO-2", 2, 2)];
    store.sells("SO-3", 3, 1);
    let shop = &store.shop;
    let walk = Walk::Batch(shop.batches(&orders));
    let (ann, ben) = (shop.user().await, shop.manager().await);
    for code in ["MUG", "A-01", "4*MUG"] {
        picks(&ann, walk, code).await;
    }
    let page = ann.page(&walk.path()).await;
    let asked = ann.page(&page.link("Short")).await;
    let form = asked.form("form[action$='/short']");
    ann.submit_form(&form.with("why", "damaged")).await;
    for code in ["SO-1", "MUG", "NONE", "2*MUG", "0034"] {
        packs(&ben, shop, code).await;
    }

    let page = ann.page("/floor").await;

    let people = page.table("People");
    assert_eq!(people.column("Operator").len(), 2);
    let figures = |name: &str, columns: [&str; 3]| {
        let row = people.row(name);
        columns.map(|column| row.cell(column))
    };
    let name = |role| shop.person(role).name;
    let (picker, packer) = (name(Role::User), name(Role::Manager));
    assert_eq!(
        figures(&picker, ["Lines", "Units picked", "Units short"]),
        ["2", "4", "1"]
    );
    assert_eq!(
        figures(&picker, ["Orders", "Units packed", "Scans refused"]),
        ["0", "0", "1"]
    );
    assert_eq!(
        figures(&packer, ["Orders", "Units packed", "Scans refused"]),
        ["1", "3", "1"]
    );
    assert_eq!(page.table("Parcels").column("Parcels")[0], "1");
    assert_eq!(page.table("Parcels").column("Parcels").len(), 7);
    let file = ann.get("/floor.csv?days=7").await.text();
    let lines: Vec<&str> = file.lines().collect();
    assert_eq!(
        lines[0],
        "\u{feff}day,operator,orders,lines,units_picked,units_packed,scans_refused,units_short"
    );
    assert!(
        lines.iter().any(|line| line.ends_with(",1,0,0,3,1,0")),
        "{file}"
    );
    assert!(
        lines.iter().any(|line| line.ends_with(",0,2,4,0,1,1")),
        "{file}"
    );
}

#[actix_web::test]
async fn todays_orders_are_held_against_the_cut_off_of_their_carrier() {
    let store = Store::open().await;
    store.receives(3);
    let orders = [1, 2].map(|nth| store.sells(if nth == 1 { "SO-1" } else { "SO-2" }, nth, 1));
    store.sells("SO-3", 3, 1);
    let shop = &store.shop;
    shop.write(|act| {
        diesel::insert_into(carriers::table)
            .values((
                carriers::name.eq("DHL"),
                carriers::cut_off.eq("00:00"),
                carriers::created_at.eq(act.at()),
            ))
            .execute(act.conn())?;
        Ok(())
    });
    let packer = shop.user().await;
    shop.picked(orders[0]);
    shop.prepares(orders[1]);
    let waits = packer.page("/floor").await;
    let wave = waits.table("Today");
    assert_eq!(wave.column("Ready"), ["1"]);
    assert_eq!(wave.column("To pick"), ["1"]);
    assert_eq!(wave.column("Picked"), ["1"]);
    assert_eq!(
        wave.column("As it goes"),
        ["Nobody packed in the last hour"]
    );

    for code in ["SO-1", "MUG"] {
        packs(&packer, shop, code).await;
    }

    let goes = packer.page("/floor").await;
    let wave = goes.table("Today");
    assert_eq!(wave.column("Packed"), ["1"]);
    assert_eq!(wave.column("In the last hour"), ["1"]);
    assert!(wave.column("As it goes")[0].starts_with("Packed by "));
}
