//! The order lines a quantity is for.

use actix_web::get;
use actix_web::web::{Data, Path, ServiceConfig};
use askama::Template;

use crate::catalog;
use crate::db::Db;
use crate::purchasing::{self, NeededFor};
use crate::stock::Place;
use crate::types::{ProductId, Quantity, RecordRef, WarehouseId};
use crate::web::{Result, SignedIn, dates, html};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(lines);
}

#[derive(Template)]
#[template(path = "purchasing/replenishment/lines.html")]
struct Lines {
    sku: String,
    warehouse: String,
    lines: Vec<NeededFor>,
}

impl Lines {
    fn missing(&self) -> Quantity {
        self.lines.iter().map(|line| line.missing).sum()
    }

    fn uncovered(&self) -> Quantity {
        self.lines.iter().map(|line| line.uncovered).sum()
    }
}

impl NeededFor {
    fn order_path(&self) -> String {
        RecordRef::Order(self.order_id).path()
    }

    fn expected_words(&self) -> String {
        self.expected_on
            .map_or_else(String::new, |date| dates::day(&date))
    }

    /// `2 not on order`.
    fn uncovered_words(&self) -> String {
        format!("{} not on order", self.uncovered)
    }

    fn purchase_order_path(&self) -> Option<String> {
        Some(RecordRef::PurchaseOrder(self.purchase_order_id?).path())
    }
}

#[get("/replenishment/{warehouse}/{product}/orders")]
async fn lines(db: Data<Db>, _: SignedIn, place: Path<(WarehouseId, ProductId)>) -> Result {
    let (warehouse, product) = *place;
    let page = db
        .read(move |conn| {
            Ok(Lines {
                sku: catalog::product(conn, product)?.sku.to_string(),
                warehouse: catalog::warehouse(conn, warehouse)?.name,
                lines: purchasing::needed_for(conn, Place::new(warehouse, product))?,
            })
        })
        .await?;
    html::page(page)
}
