//! The list of transfers.

use actix_web::get;
use actix_web::web::{Query, ServiceConfig};
use askama::Template;

use super::{day, typed_day};
use crate::catalog::{self, Warehouse};
use crate::db::{Page, Paging};
use crate::inventory::TransferStatus;
use crate::inventory::queries::{self, TRANSFER_SORTS, TransferFilter, TransferListed};
use crate::stock::When;
use crate::web::{Column, Csv, Desk, Head, Result, Shell, heads, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(list).service(export);
}

#[derive(Template)]
#[template(path = "inventory/transfers/list.html", blocks = ["results"])]
struct ListTransfers {
    shell: Shell,
    warehouses: Vec<Warehouse>,
    filter: TransferFilter,
    page: Page<TransferListed>,
}
view!(ListTransfers; results => as_results);

impl ListTransfers {
    /// The columns, as their heads show and sort them.
    fn heads(&self) -> Vec<Head> {
        heads(
            COLUMNS,
            TRANSFER_SORTS.understood(&self.filter.sort),
            &self.filter,
        )
    }

    fn statuses(&self) -> &'static [TransferStatus] {
        TransferStatus::ALL
    }

    fn is(&self, warehouse: &Warehouse, chosen: &str) -> bool {
        chosen == warehouse.id.to_string()
    }

    fn is_late(&self, row: &TransferListed) -> bool {
        row.when(self.shell.today()).is_late()
    }

    /// When what is under way arrives; else the day that was said.
    fn expected(&self, row: &TransferListed) -> String {
        match row.when(self.shell.today()) {
            When::NotOnOrder => day(row.expected_on),
            when => when.in_full(),
        }
    }
}

#[get("/transfers")]
async fn list(desk: Desk, filter: Query<TransferFilter>, paging: Query<Paging>) -> Result {
    desk.list(move |conn, shell| {
        Ok(ListTransfers {
            warehouses: catalog::all_warehouses(conn)?,
            page: queries::transfers(conn, &filter, shell.today(), &paging)?,
            shell,
            filter: filter.into_inner(),
        })
    })
    .await
}

const COLUMNS: &[Column<TransferListed>] = &[
    Column::head("Number")
        .falling("number")
        .in_file("number", |row| row.number.clone()),
    Column::head("From")
        .rising("from")
        .in_file("from", |row| row.source.clone()),
    Column::head("To")
        .rising("to")
        .in_file("to", |row| row.target.clone()),
    Column::head("Status").in_file("status", |row| row.status.to_string()),
    Column::head("Expected")
        .rising("expected")
        .in_file("expected", |row| typed_day(row.expected_on)),
    Column::file("lines", |row| row.lines.to_string()),
    Column::head("Units")
        .class("number")
        .in_file("units", |row| row.units.to_string()),
    Column::head("Received")
        .class("number")
        .in_file("received", |row| row.received.to_string()),
    Column::head("Under way")
        .class("number")
        .in_file("under_way", |row| row.under_way.to_string()),
    Column::head("Lost")
        .class("number wide")
        .in_file("lost", |row| row.lost.to_string()),
    Column::head("Created by")
        .class("wide")
        .in_file("created_by", |row| row.created_by.clone()),
    Column::file("created_at", |row| row.created_at.to_rfc3339()),
];

#[get("/transfers.csv")]
async fn export(desk: Desk, filter: Query<TransferFilter>) -> Result {
    let today = desk.today();
    let rows = desk.read(move |conn| Ok(queries::transfers_for_export(conn, &filter, today)?));
    Csv::table(COLUMNS, &rows.await?)?.finish("transfers.csv")
}
