//! The list of returns.

use actix_web::get;
use actix_web::web::{Query, ServiceConfig};
use askama::Template;

use crate::catalog::{self, Warehouse};
use crate::db::{Page, Paging};
use crate::returns::ReturnStatus;
use crate::returns::queries::{self, RETURN_SORTS, ReturnFilter, ReturnListed};
use crate::web::{Column, Csv, Desk, Head, Result, Shell, heads, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(list).service(export);
}

#[derive(Template)]
#[template(path = "returns/list.html", blocks = ["results"])]
struct ListReturns {
    shell: Shell,
    warehouses: Vec<Warehouse>,
    filter: ReturnFilter,
    page: Page<ReturnListed>,
}
view!(ListReturns; results => as_results);

impl ListReturns {
    /// The columns, as their heads show and sort them.
    fn heads(&self) -> Vec<Head> {
        let sort = RETURN_SORTS.understood(&self.filter.sort);
        heads(COLUMNS, sort, &self.filter)
    }

    fn statuses(&self) -> &'static [ReturnStatus] {
        ReturnStatus::ALL
    }

    fn is_in(&self, warehouse: &Warehouse) -> bool {
        self.filter.warehouse == warehouse.id.to_string()
    }
}

#[get("/returns")]
async fn list(desk: Desk, filter: Query<ReturnFilter>, paging: Query<Paging>) -> Result {
    desk.list(move |conn, shell| {
        Ok(ListReturns {
            warehouses: catalog::warehouses(conn)?,
            page: queries::returns_page(conn, &filter, &paging)?,
            shell,
            filter: filter.into_inner(),
        })
    })
    .await
}

const COLUMNS: &[Column<ReturnListed>] = &[
    Column::head("Number")
        .falling("number")
        .in_file("number", |row| row.number.clone()),
    Column::head("Order")
        .rising("order")
        .in_file("order", |row| row.order_number.clone()),
    Column::head("Customer")
        .rising("customer")
        .in_file("customer", |row| row.customer.clone()),
    Column::head("Status").in_file("status", |row| row.status.to_string()),
    Column::head("Warehouse")
        .class("wide")
        .in_file("warehouse", |row| row.warehouse.clone()),
    Column::file("lines", |row| row.lines.to_string()),
    Column::head("Announced")
        .class("number")
        .in_file("announced", |row| row.announced.to_string()),
    Column::head("Good")
        .class("number")
        .in_file("good", |row| row.good.to_string()),
    Column::head("Damaged")
        .class("number")
        .in_file("damaged", |row| row.damaged.to_string()),
    Column::head("Missing")
        .class("number")
        .in_file("missing", |row| row.missing.to_string()),
    Column::head("Replaced by").in_file("replacement", |row| row.replacement.clone()),
    Column::file("created_at", |row| row.created_at.to_rfc3339()),
    Column::file("received_at", |row| {
        row.received_at
            .map_or_else(String::new, |at| at.to_rfc3339())
    }),
    Column::file("note", |row| row.note.clone()),
];

#[get("/returns.csv")]
async fn export(desk: Desk, filter: Query<ReturnFilter>) -> Result {
    let rows = desk.read(move |conn| Ok(queries::returns_for_export(conn, &filter)?));
    Csv::table(COLUMNS, &rows.await?)?.finish("returns.csv")
}
