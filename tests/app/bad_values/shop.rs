//! A shop in which something of everything is under way, several times: what is done with one is not there to be tried
//! on.

use backfill::catalog::{LocationKind, Product, Supplier};
use backfill::db::Act;
use backfill::error::Result;
use backfill::inventory::{self, CountScope, Found, NewCount};
use backfill::preparation::{
    self, BatchKind, CarrierFiles, CarrierInput, Columns, Departure, ReferenceKind, Separator,
};
use backfill::purchasing::{self, Delivery, PurchaseLine, Sending};
use backfill::returns::{self, Announced, NewReturn, Receiving, Return, ReturnReason};
use backfill::sales::{self, RuleInput, Way};
use backfill::schema::{mails, purchase_order_lines};
use backfill::types::{MailId, OrderId, PurchaseOrderId, Quantity, RecordRef, WarehouseId};
use backfill::web::Role;
use diesel::prelude::*;

use crate::support::app::Shop;
use crate::support::requests::Browser;

/// How often a state is there.
const TIMES: usize = 3;

/// Goods of which there is plenty, some, and nothing but elsewhere.
struct Goods {
    mug: Product,
    cup: Product,
    jug: Product,
    set: Product,
}

pub async fn busy() -> Shop {
    let shop = Shop::open().await;
    let [main, east] = ["MAIN", "EAST"].map(|code| shop.warehouse(code));
    let acme = shop.new_supplier("ACME");
    let goods = goods(&shop, &acme, east);
    shop.new_customer("ADA");
    for nth in 0..TIMES {
        sold(&shop, &goods, nth);
        bought(&shop, &acme, &goods.cup);
        let mugs = [(goods.mug.id, 2)];
        shop.drafts_transfer([main, east], &mugs);
        shop.sends_transfer([main, east], &mugs);
        counted(&shop, &goods, nth);
    }
    lay_out_bins(&shop, main);
    written(&shop, &goods, main);
    uploads(&shop.admin().await, &goods.mug.path()).await;
    shop
}

fn goods(shop: &Shop, acme: &Supplier, east: WarehouseId) -> Goods {
    let [mug, cup, jug] = ["MUG", "CUP", "JUG"].map(|sku| shop.new_product(sku));
    for product in [&mug, &cup, &jug] {
        shop.buys_at(product, acme);
    }
    shop.has(&mug, 500);
    shop.has(&cup, 4);
    shop.has_in(east, &jug, 30);
    shop.has_in(east, &mug, 30);
    let set = shop.new_kit("SET", &[(&mug, 2), (&cup, 1)]);
    Goods { mug, cup, jug, set }
}

/// Orders in every state.
fn sold(shop: &Shop, goods: &Goods, nth: usize) {
    let sells = |what: &str, product, units| shop.sells(&format!("{what}-{nth}"), product, units);
    sells("KIT", &goods.set, 2);
    sells("PARTLY", &goods.cup, 3);
    sells("MISSING", &goods.jug, 5);
    sells("READY", &goods.mug, 1);
    let [held, gone] = ["HELD", "GONE"].map(|what| sells(what, &goods.mug, 1));
    let parcels = ["TO-PICK", "PICKED", "PACKED", "SHIPPED"].map(|what| sells(what, &goods.mug, 2));
    let main = shop.primary_warehouse().id;
    let together = ["BATCH-A", "BATCH-B"].map(|what| sells(what, &goods.mug, 2));
    let [announced, received] = ["ANNOUNCED", "BACK"].map(|what| sells(what, &goods.mug, 2));
    shop.write_as(shop.person(Role::User).id, |act| {
        sales::hold(act, held, "They will call")?;
        sales::cancel(act, gone, "They called")?;
        prepared(act, &parcels, main)?;
        preparation::begin_batch(act, &together, (main, BatchKind::Chosen))?;
        for order in [announced, received] {
            let parcel = preparation::prepare(act, order, main)?;
            preparation::ship(act, parcel, &Departure::default())?;
        }
        sent_back(act, announced)?;
        let returned = sent_back(act, received)?;
        returns::scan(act, returned.id, goods.mug.sku.as_str())?;
        let found = Receiving {
            lines: Vec::new(),
            note: String::new(),
        };
        Ok(returns::receive(act, returned.id, &found)?)
    });
}

/// One unit of an order is to come back.
fn sent_back(act: &mut Act<'_>, order: OrderId) -> Result<Return> {
    let line = sales::lines_of(act, order)?.remove(0).id;
    let new = NewReturn {
        order,
        warehouse: None,
        note: String::new(),
        lines: vec![Announced {
            line,
            units: Quantity::new(1),
            reason: ReturnReason::Other,
        }],
    };
    Ok(returns::announce(act, &new)?)
}

/// Parcels, each one step further than the one before.
fn prepared(act: &mut Act<'_>, orders: &[OrderId], main: WarehouseId) -> Result<()> {
    for (steps, order) in orders.iter().enumerate() {
        let parcel = preparation::prepare(act, *order, main)?;
        if steps > 0 {
            preparation::mark_picked(act, parcel)?;
        }
        if steps > 1 {
            preparation::pack_unscanned(act, parcel)?;
        }
        if steps > 2 {
            let departure = Departure {
                carrier: "DHL".into(),
                tracking_number: String::new(),
            };
            preparation::ship(act, parcel, &departure)?;
        }
    }
    Ok(())
}

/// Purchase orders as drafts, sent, received in part, and cancelled.
fn bought(shop: &Shop, acme: &Supplier, cup: &Product) {
    let [_, sent, received, cancelled] = [5, 6, 7, 8].map(|units| shop.drafts(acme, cup, units).id);
    let mail = Sending::Mail {
        sender: "Shop <shop@shop.example>".into(),
    };
    shop.write_as(shop.person(Role::Manager).id, |act| {
        for draft in [sent, received, cancelled] {
            purchasing::send(act, draft, &mail)?;
        }
        let delivery = delivery(act, received)?;
        purchasing::receive(act, received, &delivery)?;
        purchasing::cancel(act, cancelled, "Out of print")?;
        Ok(())
    });
}

fn delivery(act: &mut Act<'_>, order: PurchaseOrderId) -> Result<Delivery> {
    let of_order = PurchaseLine::query().filter(purchase_order_lines::purchase_order_id.eq(order));
    let line: PurchaseLine = of_order.first(act.conn())?;
    Ok(Delivery {
        lines: vec![(line.id, Quantity::new(1))],
        ..Delivery::default()
    })
}

/// A count half done, in a warehouse of its own.
fn counted(shop: &Shop, goods: &Goods, nth: usize) {
    let warehouse = shop.warehouse(&format!("NORTH-{nth}"));
    for product in [&goods.mug, &goods.cup] {
        shop.has_in(warehouse, product, 5);
    }
    let new = NewCount {
        scope: CountScope::all_of(warehouse),
        asked: "Everything".into(),
        blind: false,
    };
    let found = Found {
        product: goods.mug.id,
        bin: None,
        units: Quantity::new(4),
        adds: false,
    };
    shop.write_as(shop.person(Role::Manager).id, |act| {
        let count = inventory::begin_count(act, &new)?;
        inventory::scan(act, count.id, &found)?;
        Ok(())
    });
}

/// The primary warehouse with bins; all that lies there lies on its dock.
fn lay_out_bins(shop: &Shop, main: WarehouseId) {
    let dock = shop.location(main, "DOCK", LocationKind::Dock);
    for code in ["A1", "A2", "A3"] {
        shop.location(main, code, LocationKind::Shelf);
    }
    shop.write_as(shop.person(Role::Manager).id, |act| {
        Ok(inventory::use_locations(act, main, dock)?)
    });
}

/// Rules, notes, mails that did not arrive, and what is offered no more.
fn written(shop: &Shop, goods: &Goods, main: WarehouseId) {
    let rule = RuleInput {
        country: "France".into(),
        shipping_method: String::new(),
        channel_id: None,
        product_id: None,
        supplier_id: None,
        way: Way::Named,
    };
    for nth in 0..TIMES {
        shop.write(|act| Ok(sales::add_rule(act, &rule, &[main])?));
        let carrier = CarrierInput {
            name: format!("Carrier {nth}"),
            ..CarrierInput::blank()
        };
        let files = CarrierFiles {
            export_separator: Separator::Semicolon,
            export_header: true,
            export_columns: Columns::parse("Reference = parcel").expect("a column"),
            import_separator: Separator::Comma,
            import_reference: "ref".into(),
            import_reference_is: ReferenceKind::Parcel,
            import_tracking: "number".into(),
        };
        shop.write(|act| {
            let id = preparation::add_carrier(act, &carrier, &[])?;
            Ok(preparation::set_files(act, id, &files)?)
        });
        shop.notes(RecordRef::Product(goods.cup.id), &format!("Note {nth}"));
        shop.task(&format!("Task {nth}"), None, None);
    }
    shop.write(|act| {
        let first = mails::table.select(mails::id).order(mails::id).limit(3);
        let failed: Vec<MailId> = first.load(act.conn())?;
        diesel::update(mails::table.filter(mails::id.eq_any(failed)))
            .set(mails::state.eq("failed"))
            .execute(act.conn())?;
        Ok(())
    });
}

const ORDERS: &[u8] = b"order,sku,qty,price,date,customer\n77001,MUG,2,10.00,2026-01-05,Ada\n";
const STOCK: &[u8] = b"sku;warehouse;warning_level;ideal_level\nMUG;MAIN;5;20\n";

/// A picture, and files that were read and wait to be confirmed.
async fn uploads(owner: &Browser, product: &str) {
    for nth in 0..TIMES {
        let channel = format!("channel-{nth}");
        let to = [("warehouse", "1"), ("channel", channel.as_str())];
        owner
            .upload("/imports", &to, ("file", "orders.csv", ORDERS))
            .await;
        owner
            .upload("/stock/files", &[], ("file", "stock.csv", STOCK))
            .await;
    }
    let picture = format!("{product}/picture");
    owner
        .upload(&picture, &[], ("file", "mug.png", PICTURE))
        .await;
}

/// A file that is good where it is sent.
pub fn file_for(path: &str) -> &'static [u8] {
    match path {
        "/imports" => ORDERS,
        "/stock/files" => STOCK,
        "/locations/import" => b"code\nC-01\n",
        path if path.ends_with("/tracking") => b"ref,number\nSH-000001,7\n",
        _ => PICTURE,
    }
}

/// A point in PNG.
const PICTURE: &[u8] = include_bytes!("point.png");
