//! Suppliers: the list, and the same as CSV.

use actix_web::get;
use actix_web::web::{Query, ServiceConfig};
use askama::Template;

use crate::catalog::Supplier;
use crate::catalog::queries::{self, SUPPLIER_SORTS, Shown, SupplierFilter};
use crate::db::{Page, Paging};
use crate::types::Money;
use crate::web::{Column, Csv, Desk, Head, Result, Shell, SignedIn, heads, view, yes};

pub fn routes(config: &mut ServiceConfig) {
    config.service(list).service(export);
}

#[derive(Template)]
#[template(path = "catalog/suppliers/list.html", blocks = ["results"])]
struct ListSuppliers {
    shell: Shell,
    filter: SupplierFilter,
    page: Page<Supplier>,
}
view!(ListSuppliers; results => as_results);

impl ListSuppliers {
    /// The columns, as their heads show and sort them.
    fn heads(&self) -> Vec<Head> {
        heads(
            COLUMNS,
            SUPPLIER_SORTS.understood(&self.filter.sort),
            &self.filter,
        )
    }
}

#[get("/suppliers")]
async fn list(
    desk: Desk<SignedIn>,
    filter: Query<SupplierFilter>,
    paging: Query<Paging>,
) -> Result {
    desk.list(move |conn, shell| {
        Ok(ListSuppliers {
            shell,
            page: queries::suppliers_page(conn, &filter, &paging)?,
            filter: filter.into_inner(),
        })
    })
    .await
}

const COLUMNS: &[Column<Supplier>] = &[
    Column::head("Code")
        .rising("code")
        .in_file("code", |row| row.code.clone()),
    Column::head("Name")
        .rising("name")
        .in_file("name", |row| row.name.clone()),
    Column::file("contact", |row| row.contact_name.clone()),
    Column::head("E-mails").in_file("emails", |row| row.emails.to_string()),
    Column::file("phone", |row| row.phone.clone()),
    Column::file("address", |row| row.address.clone()),
    Column::head("Language")
        .class("wide")
        .in_file("language", |row| row.language.to_string()),
    Column::file("currency", |row| row.currency.clone()),
    Column::head("Lead time")
        .class("number")
        .in_file("lead_time_days", |row| row.lead_time_days.to_string()),
    Column::head("Minimum order")
        .class("number")
        .in_file("minimum_order", |row| row.minimum_order.input()),
    Column::file("carriage_free_from", |row| {
        row.carriage_free_from.map(Money::input).unwrap_or_default()
    }),
    Column::file("archived", |row| yes(row.is_archived())),
];

#[get("/suppliers.csv")]
async fn export(desk: Desk<SignedIn>, filter: Query<SupplierFilter>) -> Result {
    desk.read(move |conn| Csv::table(COLUMNS, &queries::suppliers_for_export(conn, &filter)?))
        .await?
        .finish("suppliers.csv")
}
