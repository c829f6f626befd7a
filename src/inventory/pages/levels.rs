//! What lies where.

use actix_web::get;
use actix_web::web::{Data, Query, ServiceConfig};
use askama::Template;

use crate::catalog::{self, Warehouse};
use crate::db::{Db, Page, Paging};
use crate::inventory::queries::{self, Attention, StockFilter, StockListed};
use crate::web::{Csv, Htmx, Result, Shell, SignedIn, html, query};

/// Where they are.
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

    fn state(&self) -> String {
        query(&[
            ("q", &self.filter.q),
            ("warehouse", &self.filter.warehouse),
            ("show", &self.filter.show),
        ])
    }
}

#[get("/stock")]
async fn list(
    db: Data<Db>,
    shell: Shell,
    htmx: Htmx,
    _: SignedIn,
    filter: Query<StockFilter>,
    paging: Query<Paging>,
) -> Result {
    let filter = filter.into_inner();
    let page = db
        .read(move |conn| {
            Ok(ListStock {
                shell,
                warehouses: catalog::warehouses(conn)?,
                page: queries::stock_page(conn, &filter, &paging)?,
                filter,
            })
        })
        .await?;
    if htmx.targets("results") {
        html::page(page.as_results())
    } else {
        html::page(page)
    }
}

#[get("/stock.csv")]
async fn export(db: Data<Db>, _: SignedIn, filter: Query<StockFilter>) -> Result {
    let rows = db
        .read(move |conn| Ok(queries::stock_for_export(conn, &filter)?))
        .await?;
    let mut csv = Csv::new(&[
        "sku",
        "name",
        "warehouse",
        "on_hand",
        "reserved",
        "free",
        "available",
        "to_ship",
        "incoming",
        "warning_level",
        "ideal_level",
    ])?;
    for row in rows {
        let level = &row.level;
        csv.row([
            row.sku.as_str(),
            &row.product,
            &row.warehouse,
            &level.on_hand.to_string(),
            &level.reserved.to_string(),
            &level.free().to_string(),
            &level.available().to_string(),
            &level.to_ship.to_string(),
            &level.incoming.to_string(),
            &row.warning_level.to_string(),
            &row.ideal_level.to_string(),
        ])?;
    }
    csv.finish("stock.csv")
}
