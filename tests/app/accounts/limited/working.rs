//! Within their warehouses limited people work as everybody does.

use backfill::schema::{levels, order_lines};
use backfill::stock::Level;
use backfill::types::{Quantity, WarehouseId};
use backfill::web::Role;
use diesel::prelude::*;

use crate::sales::by_hand::with_lines;

use super::sides::{Sides, line, places};

#[actix_web::test]
async fn an_order_goes_from_its_form_to_the_parcel() {
    let sides = Sides::open().await;
    let user = sides.limited(Role::Manager).await;
    sides
        .shop
        .has_in(sides.east.warehouse, &sides.east.product, 20);
    let customer = sides.shop.new_customer("BERT");
    let order = places(&sides.shop, "E-1", customer, vec![line(&sides.east, 1)]);
    let (order, warehouse) = (order.to_string(), sides.east.warehouse.to_string());

    let parcel = user
        .submit(
            "/shipments",
            &[("warehouse", &warehouse), ("order", &order)],
        )
        .await;
    assert!(parcel.says("E-1"), "{}", parcel.words());
    let picked = user
        .submit_form(&parcel.form("form[action$='/picked']"))
        .await;
    let packed = user
        .submit_form(&picked.form("form[action$='/packed']"))
        .await;
    let shipped = user.submit_form(&packed.form("#departure")).await;

    assert!(shipped.says("The parcel has left."), "{}", shipped.words());
}

#[actix_web::test]
async fn a_line_that_names_no_warehouse_ships_from_theirs() {
    let sides = Sides::open().await;
    let user = sides.limited(Role::User).await;

    let page = user.page("/orders/new?customer=ANNA").await;
    let order = user.submit_form(&with_lines(&page, &[("MUG", "1")])).await;

    assert!(order.says("The order is placed."), "{}", order.words());
    assert!(
        order
            .table("Lines")
            .row("MUG")
            .cell("State")
            .starts_with("missing")
    );
    let mine = sides.shop.read(|conn| {
        let from = order_lines::table.order(order_lines::id.desc());
        Ok(from
            .select(order_lines::warehouse_id)
            .first::<WarehouseId>(conn)?)
    });
    assert_eq!(mine, sides.east.warehouse);
}

#[actix_web::test]
async fn goods_leave_for_a_warehouse_that_others_receive() {
    let sides = Sides::open().await;
    let manager = sides.limited(Role::Manager).await;
    let (east, main) = (sides.east.warehouse, sides.main.warehouse);
    let of_east = [("from", east.to_string()), ("to", main.to_string())];
    let of_east = of_east.each_ref().map(|(name, id)| (*name, id.as_str()));

    let draft = manager.submit("/transfers", &of_east).await;
    assert!(draft.says("Warehouse EAST"), "{}", draft.words());
    let path = draft.attribute("#edit", "action").expect("it is a draft");
    let add = draft
        .form("#edit")
        .with("product", "MUG")
        .with("quantity", "1");
    let add = crate::support::html::Form {
        action: format!("{path}/lines"),
        ..add
    };
    manager.submit_form(&add).await;
    let sending = manager.page(&format!("{path}/sending")).await;
    let form = sending.form(&format!("form[action='{path}/sending']"));
    let form = form.with("reason", "they need it more");
    let sent = manager.send(&form).await;
    assert_eq!(
        sent.location().as_deref(),
        Some(path.as_str()),
        "{}",
        sent.summary()
    );
    let received_by_them = manager.get(&format!("{path}/ends/new")).await;
    assert_eq!(received_by_them.status(), 200, "they may call it back");

    let level: Level = sides.shop.read(|conn| {
        Ok(Level::query()
            .filter(levels::warehouse_id.eq(main))
            .filter(levels::product_id.eq(sides.east.product.id))
            .first(conn)?)
    });
    assert_eq!(level.incoming, Quantity::new(1));
}

#[actix_web::test]
async fn nobody_takes_over_the_walk_of_another_warehouse() {
    let sides = Sides::open().await;
    let user = sides.limited(Role::User).await;
    let theirs = sides.main.ids["/shipments/{id}"];
    let batch = sides.main.ids["/batches/{id}"];

    for walk in [format!("parcel-{theirs}"), format!("batch-{batch}")] {
        for step in ["operator", "undo", "scans", "short", "bin"] {
            let fields = [
                ("code", "MUG"),
                ("product", "1"),
                ("from", "1"),
                ("location", "1"),
                ("why", "damaged"),
            ];
            let reply = user.post(&format!("/walks/{walk}/{step}"), &fields).await;
            assert!(
                matches!(reply.status(), 403 | 404),
                "{walk}/{step}: {}",
                reply.summary()
            );
        }
    }
}
