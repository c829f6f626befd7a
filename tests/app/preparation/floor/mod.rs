//! The floor: batches are walked and packed by scan, and nothing leaves that was not scanned.

mod batches;
mod chromium;
mod corrected;
mod crew;
mod desks;
mod figures;
mod labels;
mod packing;
mod short;
mod taken_back;
mod walking;

use backfill::catalog::Product;
use backfill::preparation::{self, BatchKind, ShipmentStatus, Walk};
use backfill::schema::{barcodes, demand, shipments};
use backfill::stock;
use backfill::types::{BatchId, OrderId, Quantity, RequestKey, ShipmentId};
use backfill::web::Role;
use diesel::prelude::*;

use crate::support::app::Shop;
use crate::support::requests::{Browser, Reply};

/// What a scanner sends from a page that shows its answer in an element.
pub async fn scans(browser: &Browser, page: &str, element: &str, fields: &[(&str, &str)]) -> Reply {
    let key = RequestKey::fresh().to_string();
    let fields: Vec<(&str, &str)> = [("key", key.as_str())]
        .into_iter()
        .chain(fields.iter().copied())
        .collect();
    browser.htmx(element).post(page, &fields).await
}

/// What a picker scans on a walk, and what they are told.
pub async fn picks(browser: &Browser, walk: Walk, code: &str) -> String {
    let path = format!("{}/scans", walk.path());
    told(&scans(browser, &path, "walk", &[("code", code)]).await)
}

/// What a packer scans at a desk of the main warehouse, and what they are told.
pub async fn packs(browser: &Browser, shop: &Shop, code: &str) -> String {
    let warehouse = shop.primary_warehouse().id.to_string();
    let fields = [("warehouse", warehouse.as_str()), ("code", code)];
    told(&scans(browser, "/packing/scans", "station", &fields).await)
}

/// `Counted: MUG: 1. 2 left to pack.`; a no has status 422.
pub fn told(reply: &Reply) -> String {
    let page = reply.page();
    let words = page.texts(".answer").first().cloned().unwrap_or_default();
    let is_no = words.starts_with("No");
    assert_eq!(reply.status() == 422, is_no, "{words}");
    words
}

impl Shop {
    /// What stands on units of a product, or on cases.
    pub fn labels(&self, product: &Product, code: &str, units: u32) {
        self.write(|act| {
            diesel::insert_into(barcodes::table)
                .values((
                    barcodes::code.eq(code),
                    barcodes::product_id.eq(product.id),
                    barcodes::units.eq(Quantity::new(units)),
                ))
                .execute(act.conn())?;
            Ok(())
        });
    }

    /// Orders are picked in one walk, by the picker.
    pub fn batches(&self, orders: &[OrderId]) -> BatchId {
        let warehouse = self.primary_warehouse().id;
        self.write_as(self.picker(), |act| {
            let place = (warehouse, BatchKind::Chosen);
            let (batch, prepared) = preparation::begin_batch(act, orders, place)?;
            assert!(prepared.refused.is_empty(), "{:?}", prepared.refused);
            Ok(batch.expect("there is something to pick"))
        })
    }

    /// A parcel of an order whose units are on the packing bench.
    pub fn picked(&self, order: OrderId) -> ShipmentId {
        let parcel = self.prepares(order);
        self.write_as(self.picker(), |act| {
            Ok(preparation::mark_picked(act, parcel)?)
        });
        parcel
    }

    /// The parcels of a batch, by slot.
    pub fn parcels_in(&self, batch: BatchId) -> Vec<ShipmentId> {
        self.read(|conn| {
            Ok(shipments::table
                .filter(shipments::batch_id.eq(batch))
                .order(shipments::slot)
                .select(shipments::id)
                .load(conn)?)
        })
    }

    pub fn status(&self, parcel: ShipmentId) -> ShipmentStatus {
        self.read(|conn| {
            Ok(shipments::table
                .find(parcel)
                .select(shipments::status)
                .first(conn)?)
        })
    }

    /// Units that an order holds.
    pub fn reserved_of(&self, order: OrderId) -> i64 {
        use diesel::dsl::sum;
        self.read(|conn| {
            let of_order = demand::table.filter(demand::order_id.eq(order));
            let units: Option<i64> = of_order.select(sum(demand::reserved)).first(conn)?;
            Ok(units.unwrap_or(0))
        })
    }

    /// Every invariant holds.
    pub fn is_sound(&self) {
        let findings = self.read(|conn| Ok(stock::verify(conn)?));
        assert!(findings.is_empty(), "{findings:?}");
    }

    pub async fn packer(&self) -> Browser {
        self.signed_in(Role::User).await
    }
}
