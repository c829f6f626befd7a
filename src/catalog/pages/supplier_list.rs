//! Suppliers: the list, and the same as CSV.

use actix_web::get;
use actix_web::web::{Query, ServiceConfig};
use askama::Template;

use crate::catalog::Supplier;
use crate::catalog::queries::{self, Shown, SupplierFilter, SupplierListed};
use crate::db::{Page, Paging};
use crate::types::Money;
use crate::web::{Column, Csv, Desk, Result, Shell, SignedIn, state, view, yes};

pub fn routes(config: &mut ServiceConfig) {
    config.service(list).service(export);
}

#[derive(Template)]
#[template(path = "catalog/suppliers/list.html", blocks = ["results"])]
struct ListSuppliers {
    shell: Shell,
    filter: SupplierFilter,
    page: Page<SupplierListed>,
}
view!(ListSuppliers; results => as_results);

impl ListSuppliers {
    /// The column the list is sorted by, as the URL names it.
    fn sort(&self) -> &str {
        match self.filter.sort.as_str() {
            "" => "name",
            sort => sort,
        }
    }

    /// What a link that sorts anew keeps.
    fn narrowing(&self) -> String {
        state(&SupplierFilter {
            sort: String::new(),
            ..self.filter.clone()
        })
    }

    /// What a link to a neighbouring page keeps.
    fn state(&self) -> String {
        state(&self.filter)
    }
}

#[get("/suppliers")]
async fn list(
    desk: Desk<SignedIn>,
    filter: Query<SupplierFilter>,
    paging: Query<Paging>,
) -> Result {
    desk.show(move |conn, shell| {
        Ok(ListSuppliers {
            shell,
            page: queries::suppliers_page(conn, &filter, &paging)?,
            filter: filter.into_inner(),
        })
    })
    .await
}

const COLUMNS: &[Column<Supplier>] = &[
    ("code", |row| row.code.clone()),
    ("name", |row| row.name.clone()),
    ("contact", |row| row.contact_name.clone()),
    ("emails", |row| row.emails.to_string()),
    ("phone", |row| row.phone.clone()),
    ("address", |row| row.address.clone()),
    ("language", |row| row.language.to_string()),
    ("currency", |row| row.currency.clone()),
    ("lead_time_days", |row| row.lead_time_days.to_string()),
    ("minimum_order", |row| row.minimum_order.input()),
    ("carriage_free_from", |row| {
        row.carriage_free_from.map(Money::input).unwrap_or_default()
    }),
    ("archived", |row| yes(row.is_archived())),
];

#[get("/suppliers.csv")]
async fn export(desk: Desk<SignedIn>, filter: Query<SupplierFilter>) -> Result {
    desk.read(move |conn| Csv::table(COLUMNS, &queries::suppliers_for_export(conn, &filter)?))
        .await?
        .finish("suppliers.csv")
}
