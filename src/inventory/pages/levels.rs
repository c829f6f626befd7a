//! What lies where.

use actix_web::get;
use actix_web::web::{Query, ServiceConfig};
use askama::Template;

use crate::catalog::{self, Warehouse};
use crate::db::{Page, Paging};
use crate::inventory::queries::{self, Attention, StockFilter, StockListed};
use crate::web::{Column, Csv, Desk, Result, Shell, SignedIn, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(list).service(export);
}

#[derive(Template)]
#[template(path = "inventory/stock/list.html", blocks = ["results"])]
struct ListStock {
    shell: Shell,
    warehouses: Vec<Warehouse>,
    filter: StockFilter,
    page: Page<StockListed>,
}
view!(ListStock; results => as_results);

impl ListStock {
    fn attentions(&self) -> &'static [Attention] {
        Attention::ALL
    }

    fn shows(&self, attention: &Attention) -> bool {
        self.filter.show == attention.as_str()
    }

    fn is_in(&self, warehouse: &Warehouse) -> bool {
        self.filter.warehouse == warehouse.id.to_string()
    }
}

#[get("/stock")]
async fn list(desk: Desk<SignedIn>, filter: Query<StockFilter>, paging: Query<Paging>) -> Result {
    desk.show(move |conn, shell| {
        Ok(ListStock {
            shell,
            warehouses: catalog::warehouses(conn)?,
            page: queries::stock_page(conn, &filter, &paging)?,
            filter: filter.into_inner(),
        })
    })
    .await
}

const COLUMNS: &[Column<StockListed>] = &[
    ("sku", |row| row.sku.to_string()),
    ("name", |row| row.product.clone()),
    ("warehouse", |row| row.warehouse.clone()),
    ("on_hand", |row| row.level.on_hand.to_string()),
    ("reserved", |row| row.level.reserved.to_string()),
    ("free", |row| row.level.free().to_string()),
    ("available", |row| row.level.available().to_string()),
    ("to_ship", |row| row.level.to_ship.to_string()),
    ("incoming", |row| row.level.incoming.to_string()),
    ("warning_level", |row| row.warning_level.to_string()),
    ("ideal_level", |row| row.ideal_level.to_string()),
];

#[get("/stock.csv")]
async fn export(desk: Desk<SignedIn>, filter: Query<StockFilter>) -> Result {
    let rows = desk.read(move |conn| Ok(queries::stock_for_export(conn, &filter)?));
    Csv::table(COLUMNS, &rows.await?)?.finish("stock.csv")
}
