//! What follows from the kind of a warehouse, wherever goods are sold, promised, needed or shipped.

use std::collections::BTreeSet;

use backfill::catalog::{self, Warehouse, WarehouseKind};
use backfill::schema::{demand, warehouses};
use backfill::stock;
use backfill::types::{OrderId, Quantity, WarehouseId};
use diesel::prelude::*;

use crate::support::app::Shop;
use crate::support::html::Form;
use crate::support::requests::Browser;

/// A warehouse of a kind, with the uses it allows.
fn opens(shop: &Shop, code: &str, kind: WarehouseKind) -> WarehouseId {
    let id = shop.warehouse(code);
    becomes(shop, id, kind);
    id
}

fn becomes(shop: &Shop, id: WarehouseId, kind: WarehouseKind) {
    shop.write(|act| {
        diesel::update(warehouses::table.find(id))
            .set((
                warehouses::kind.eq(kind),
                warehouses::ships_orders.eq(kind.may_ship()),
                warehouses::counts_for_selling.eq(kind.may_sell()),
                warehouses::in_supply_needs.eq(kind.may_need()),
            ))
            .execute(act.conn())?;
        Ok(())
    });
}

fn known(shop: &Shop, id: WarehouseId) -> Warehouse {
    shop.read(|conn| Ok(catalog::warehouse(conn, id)?))
}

async fn settings(admin: &Browser, id: WarehouseId) -> Form {
    let page = admin.page(&format!("/warehouses/{id}/edit")).await;
    page.form("form.form")
}

/// The lines of an order are to be shipped from there.
fn waits_in(shop: &Shop, order: OrderId, warehouse: WarehouseId) {
    shop.write(|act| {
        let lines = backfill::sales::lines_of(act, order)?;
        let now = backfill::sales::order(act, order)?;
        let input = backfill::sales::OrderInput {
            external_reference: String::new(),
            ship_to: String::new(),
            country: String::new(),
            email: String::new(),
            priority: None,
            required_by: None,
            shipping_policy: now.shipping_policy,
            shipping_method: String::new(),
            note: String::new(),
            lines: lines
                .iter()
                .map(|line| backfill::sales::EditedLine {
                    line: Some(line.id),
                    product: line.product_id,
                    warehouse: Some(warehouse),
                    wanted: line.wanted(),
                    unit_price: line.unit_price,
                })
                .collect(),
            taken_out: BTreeSet::new(),
            giving_up: None,
        };
        Ok(backfill::sales::edit(act, order, now.version, &input)?)
    });
}

#[actix_web::test]
async fn the_settings_say_what_a_kind_means_and_refuse_uses_it_does_not_allow() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;
    let east = shop.warehouse("EAST");

    let page = admin.page(&format!("/warehouses/{east}/edit")).await;
    for kind in WarehouseKind::ALL {
        assert!(page.says(kind.meaning()), "{}", kind.label());
    }

    let refused = [
        ("supplier", vec!["ships_orders"]),
        ("set_aside", vec!["ships_orders", "counts_for_selling"]),
        (
            "defective",
            vec!["ships_orders", "counts_for_selling", "in_supply_needs"],
        ),
    ];
    for (kind, fields) in refused {
        let form = settings(&admin, east).await.with("kind", kind);
        let reply = admin.htmx("").send(&form).await;
        assert_eq!(reply.status(), 422, "{kind}");
        let page = reply.page();
        for field in &fields {
            let error = page.field(field).error().to_owned();
            assert!(error.starts_with("Not for this kind: "), "{kind} {field}");
        }
        let allowed = fields.iter().fold(form, |form, field| form.without(field));
        let reply = admin.htmx("").send(&allowed).await;
        assert_eq!(reply.status(), 204, "{}", reply.summary());
        assert_eq!(known(&shop, east).kind.as_str(), kind);
        becomes(&shop, east, WarehouseKind::Building);
    }
}

#[actix_web::test]
async fn the_primary_warehouse_ships_orders() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;

    let form = settings(&admin, shop.primary_warehouse().id).await;
    let form = form.with("kind", "supplier").without("ships_orders");
    let reply = admin.htmx("").send(&form).await;

    assert_eq!(reply.status(), 422);
    let error = reply.page().field("is_primary").error().to_owned();
    assert!(error.starts_with("Not for this kind: "), "{error}");
}

#[actix_web::test]
async fn a_warehouse_that_orders_wait_for_keeps_shipping_them() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let east = shop.warehouse("EAST");
    for number in 1..=4 {
        let order = shop.sells(&format!("SO-{number}"), &mug, 1);
        waits_in(&shop, order, east);
    }
    let admin = shop.admin().await;

    let form = settings(&admin, east).await.without("ships_orders");
    let of_another_kind = ["counts_for_selling", "in_supply_needs"]
        .iter()
        .fold(form.clone().with("kind", "defective"), |form, field| {
            form.without(field)
        });

    for form in [form, of_another_kind] {
        let reply = admin.htmx("").send(&form).await;
        assert_eq!(reply.status(), 422);
        assert_eq!(
            reply.page().field("ships_orders").error(),
            "Orders ship from here: SO-1, SO-2, SO-3 and 1 more. Ship them, or move their lines to \
             another warehouse first."
        );
    }
    let shop_form = settings(&admin, east).await.with("kind", "shop");
    assert_eq!(admin.htmx("").send(&shop_form).await.status(), 204);
}

#[actix_web::test]
async fn what_cannot_be_sold_counts_for_nothing_that_is_sold_or_needed() {
    let shop = Shop::open().await;
    let (mug, acme) = (shop.new_product("MUG"), shop.new_supplier("ACME"));
    shop.buys_at(&mug, &acme);
    let broken = opens(&shop, "BROKEN", WarehouseKind::Defective);
    let showroom = opens(&shop, "SHOWROOM", WarehouseKind::SetAside);
    let held = opens(&shop, "HELD", WarehouseKind::Supplier);
    shop.has_in(broken, &mug, 3);
    shop.has_in(showroom, &mug, 4);
    shop.has_in(held, &mug, 5);
    let order = shop.sells("SO-1", &mug, 2);
    let manager = shop.manager().await;

    let levels = manager.page(&mug.path()).await.table("Levels");
    let available = |code: &str| levels.row(code).cell("Available").to_owned();
    assert!(
        available("BROKEN").starts_with('0'),
        "{}",
        available("BROKEN")
    );
    assert!(available("SHOWROOM").starts_with('0'));
    assert!(available("HELD").starts_with('5'), "it sells, if set so");

    let list = manager.page("/products").await;
    let row = list.table("Products").row("MUG").words();
    assert!(
        row.contains("short"),
        "what lies elsewhere serves nobody: {row}"
    );

    let needs = manager.page("/replenishment").await;
    let rows = needs.texts("#results tbody tr");
    assert!(rows.len() == 1 && rows[0].contains("MAIN"), "{rows:#?}");
    let order = manager.page(&format!("/orders/{order}")).await;
    assert!(order.says("missing, not on order"), "{}", order.words());
}

#[actix_web::test]
async fn no_order_ships_from_where_nothing_is_shipped() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let held = opens(&shop, "HELD", WarehouseKind::Supplier);
    shop.has_in(held, &mug, 5);
    shop.has(&mug, 5);
    let order = shop.sells("SO-1", &mug, 2);
    let user = shop.user().await;

    let page = user.page(&format!("/orders/{order}/edit")).await;
    assert!(!page.says("HELD"), "it is not offered");
    let form = page
        .form("#order-form")
        .with("warehouse", &held.to_string());
    let chosen = user.send(&form).await;
    assert_eq!(chosen.status(), 422);
    let sentence =
        "Warehouse HELD holds goods at a supplier: they leave by a transfer, not for an order.";
    assert!(chosen.page().says(sentence), "{}", chosen.summary());

    let parcel = [
        ("warehouse", held.to_string()),
        ("order", order.to_string()),
    ];
    let parcel = parcel
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let refused = user.post("/shipments", &parcel).await;
    assert_eq!(refused.status(), 409);
    assert!(refused.page().says(sentence), "{}", refused.summary());
}

#[actix_web::test]
async fn goods_that_no_order_may_take_are_given_to_none() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let east = shop.warehouse("EAST");
    let order = shop.sells("SO-1", &mug, 4);
    waits_in(&shop, order, east);
    becomes(&shop, east, WarehouseKind::SetAside);

    shop.has_in(east, &mug, 5);

    let got = || -> (Quantity, Quantity) {
        shop.read(|conn| {
            let line = demand::table.filter(demand::order_id.eq(order));
            let units = (demand::reserved, demand::uncovered);
            Ok(line.select(units).first(conn)?)
        })
    };
    assert_eq!(got(), (Quantity::ZERO, Quantity::new(4)));
    let findings = shop.read(|conn| Ok(stock::verify(conn)?));
    let rows: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(rows.len(), 1, "{rows:#?}");
    assert!(rows[0].starts_with("no order waits for goods that no order may take: "));

    becomes(&shop, east, WarehouseKind::Building);
    shop.has_in(east, &mug, 1);
    assert_eq!(got(), (Quantity::new(4), Quantity::ZERO));
}
