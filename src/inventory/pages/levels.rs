//! What lies where.

use actix_web::get;
use actix_web::web::{Query, ServiceConfig};
use askama::Template;

use super::level::Line;
use crate::catalog::{self, Warehouse};
use crate::db::{Page, Paging};
use crate::inventory::queries::{self, Attention, StockFilter, StockListed};
use crate::types::Money;
use crate::web::{Column, Csv, Desk, Head, Result, Shell, SignedIn, heads, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(list).service(export);
}

#[derive(Template)]
#[template(path = "inventory/stock/list.html", blocks = ["results"])]
struct ListStock {
    shell: Shell,
    warehouses: Vec<Warehouse>,
    currency: String,
    filter: StockFilter,
    page: Page<StockListed>,
}
view!(ListStock; results => as_results);

impl ListStock {
    /// The columns, as their heads show and sort them.
    fn heads(&self) -> Vec<Head> {
        heads(COLUMNS, "", &self.filter)
    }

    fn lines(&self) -> impl Iterator<Item = Line> {
        let tells_idle = self.filter.idle().is_some();
        let rows = self.page.rows.iter().cloned();
        rows.map(move |row| Line::shown(row, &self.shell, tells_idle))
    }

    /// In what order the rows stand, and what their value is.
    fn footing(&self) -> String {
        format!(
            "By SKU. Value: units on hand at what one cost in the purchase order sent last, else at \
             what its primary supplier asks, in {}.",
            self.currency
        )
    }

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
    desk.list(move |conn, shell| {
        Ok(ListStock {
            shell,
            warehouses: catalog::warehouses(conn)?,
            currency: catalog::company(conn)?.currency,
            page: queries::stock_page(conn, &filter, &paging)?,
            filter: filter.into_inner(),
        })
    })
    .await
}

pub(super) const COLUMNS: &[Column<StockListed>] = &[
    Column::head("SKU").in_file("sku", |row| row.sku.to_string()),
    Column::head("Product").in_file("name", |row| row.product.clone()),
    Column::head("Warehouse").in_file("warehouse", |row| row.warehouse.clone()),
    Column::head("Bin"),
    Column::file("bin", |row| row.usual_bin.clone().unwrap_or_default()),
    Column::head("On hand")
        .class("number")
        .in_file("on_hand", |row| row.level.on_hand.to_string()),
    Column::head("Reserved")
        .class("number wide")
        .in_file("reserved", |row| row.level.reserved.to_string()),
    Column::head("Free")
        .class("number wide")
        .in_file("free", |row| row.level.free().to_string()),
    Column::head("Available")
        .class("number")
        .in_file("available", |row| row.available().to_string()),
    Column::head("To ship")
        .class("number")
        .in_file("to_ship", |row| row.level.to_ship.to_string()),
    Column::head("Incoming")
        .class("number")
        .in_file("incoming", |row| row.level.incoming.to_string()),
    Column::file("next_incoming", |row| {
        row.next_on.map(|day| day.to_string()).unwrap_or_default()
    }),
    Column::file("unit_cost", |row| {
        row.cost.map(Money::input).unwrap_or_default()
    }),
    Column::head("Value")
        .class("number wide")
        .in_file("value", |row| {
            row.value().map(Money::input).unwrap_or_default()
        }),
    Column::file("last_left", |row| {
        row.left_at.map(|at| at.to_rfc3339()).unwrap_or_default()
    }),
    Column::head("Warning")
        .class("number wide")
        .in_file("warning_level", |row| row.warning_level.to_string()),
    Column::head("Ideal")
        .class("number wide")
        .in_file("ideal_level", |row| row.ideal_level.to_string()),
];

#[get("/stock.csv")]
async fn export(desk: Desk<SignedIn>, filter: Query<StockFilter>) -> Result {
    let rows = desk.read(move |conn| Ok(queries::stock_for_export(conn, &filter)?));
    Csv::table(COLUMNS, &rows.await?)?.finish("stock.csv")
}
