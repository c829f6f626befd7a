//! The list of manifests.

use actix_web::get;
use actix_web::web::{Query, ServiceConfig};
use askama::Template;

use crate::catalog::{self, Warehouse};
use crate::db::{Page, Paging};
use crate::preparation::queries::{self, ManifestFilter, ManifestListed};
use crate::types::dates;
use crate::web::{Column, Csv, Desk, Head, Result, Shell, SignedIn, heads, view};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(list).service(export);
}

#[derive(Template)]
#[template(path = "preparation/manifests/list.html", blocks = ["results"])]
struct ListManifests {
    shell: Shell,
    warehouses: Vec<Warehouse>,
    filter: ManifestFilter,
    page: Page<ManifestListed>,
}
view!(ListManifests; results => as_results);

impl ListManifests {
    /// The columns, as their heads show them.
    fn heads(&self) -> Vec<Head> {
        heads(COLUMNS, "", &self.filter)
    }

    fn is(&self, warehouse: &Warehouse) -> bool {
        self.filter.warehouse == warehouse.id.to_string()
    }

    fn is_state(&self, state: &str) -> bool {
        self.filter.state == state
    }

    fn day(&self, row: &ManifestListed) -> String {
        dates::day(&row.day)
    }

    fn is_narrow(&self) -> bool {
        self.filter != ManifestFilter::default()
    }
}

const COLUMNS: &[Column<ManifestListed>] = &[
    Column::head("Number").in_file("number", |row| row.number.clone()),
    Column::head("Day").in_file("day", |row| row.day.to_string()),
    Column::head("Carrier").in_file("carrier", |row| row.carrier.clone()),
    Column::head("Warehouse").in_file("warehouse", |row| row.warehouse.clone()),
    Column::head("Parcels")
        .class("number")
        .in_file("parcels", |row| row.parcels.to_string()),
    Column::head("Units")
        .class("number")
        .in_file("units", |row| row.units.to_string()),
    Column::head("State").in_file("state", |row| row.state().to_owned()),
    Column::file("closed_at", |row| {
        let closed_at = row.closed_at.map(|at| at.to_rfc3339());
        closed_at.unwrap_or_default()
    }),
    Column::file("closed_by", |row| row.closed_by.clone()),
];

#[get("/manifests")]
async fn list(
    desk: Desk<SignedIn>,
    filter: Query<ManifestFilter>,
    paging: Query<Paging>,
) -> Result {
    desk.list(move |conn, shell| {
        Ok(ListManifests {
            shell,
            warehouses: catalog::all_warehouses(conn)?,
            page: queries::manifests(conn, &filter, &paging)?,
            filter: filter.into_inner(),
        })
    })
    .await
}

#[get("/manifests.csv")]
async fn export(desk: Desk<SignedIn>, filter: Query<ManifestFilter>) -> Result {
    let rows = desk.patient();
    let rows = rows.read(move |conn| Ok(queries::manifests_for_export(conn, &filter)?));
    Csv::table(COLUMNS, &rows.await?)?.finish("manifests.csv")
}
