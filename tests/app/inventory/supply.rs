//! What the page of a product tells of its supply: layer by layer against the queue, week by week,
//! and purchase order by purchase order.

use backfill::preparation::{self, Departure};

use crate::scenarios::desk::Desk;
use crate::support::app::Shop;

#[actix_web::test]
async fn stock_then_each_supply_then_what_nobody_brings_is_laid_against_the_queue() {
    let shop = Shop::open().await;
    let desk = Desk::of(&shop);
    let mug = desk.product("MUG");
    desk.finds(mug, 7);
    for minute in 1..=4 {
        desk.order(minute, &[(mug, 5)]);
    }
    desk.sent(&[(mug, 6)]);
    desk.sent(&[(mug, 4)]);
    let manager = shop.manager().await;

    let page = manager.page(&format!("/products/{mug}/queue")).await;

    let table = page.table("Supply of Main warehouse");
    assert_eq!(
        table.column("Supply of Main warehouse"),
        ["On hand", "PO-000001", "PO-000002", "Nothing"]
    );
    assert_eq!(
        table.column("Goes to"),
        [
            "SO-000001 5, SO-000002 2",
            "SO-000002 3, SO-000003 3",
            "SO-000003 2, SO-000004 2",
            "SO-000004 3"
        ]
    );
    assert_eq!(table.column("Units"), ["7", "6", "4", "3"]);
    assert_eq!(table.column("Left over"), ["0", "0", "0", "0"]);
    assert_eq!(page.attributes("tr[draggable]", "data-turn"), ["pin"; 4]);
    let user = shop
        .user()
        .await
        .page(&format!("/products/{mug}/queue"))
        .await;
    assert!(!user.has("tr[draggable]"), "only managers pin");
}

#[actix_web::test]
async fn weeks_tell_what_lay_there_and_what_left() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 9);
    let order = shop.sells("SO-1", &mug, 4);
    let warehouse = shop.primary_warehouse().id;
    shop.write(|act| {
        let parcel = preparation::prepare(act, order, warehouse)?;
        Ok(preparation::ship(act, parcel, &Departure::default())?)
    });

    let page = shop
        .user()
        .await
        .page(&format!("{}/weeks", mug.path()))
        .await;

    let table = page.table("Weeks");
    assert_eq!(table.rows.len(), 30);
    assert_eq!(table.rows[0].cell("Level at its end"), "5");
    assert_eq!(table.rows[0].cell("Shipped"), "4");
    assert_eq!(table.rows[1].cell("Level at its end"), "0");
    assert!(page.says("5 units on hand") && page.says("4 units shipped"));
    assert_eq!(page.texts("svg.chart").len(), 2);
}

#[actix_web::test]
async fn a_product_names_the_purchase_orders_it_is_on() {
    let shop = Shop::open().await;
    let (mug, hart) = (shop.new_product("MUG"), shop.new_supplier("HART"));
    shop.buys_at(&mug, &hart);
    shop.drafts(&hart, &mug, 5);

    let page = shop
        .user()
        .await
        .page(&format!("{}/purchase-orders", mug.path()))
        .await;

    let row = &page.table("Purchase orders").rows[0];
    let cells = ["Number", "Status", "Ordered", "To come"].map(|head| row.cell(head));
    assert_eq!(cells, ["PO-000001", "Draft", "5", "0"]);
}
