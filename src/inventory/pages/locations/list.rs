//! The list of locations, and the same as CSV.

use actix_web::get;
use actix_web::web::Query;
use askama::Template;
use diesel::PgConnection;

use super::chosen;
use crate::catalog::{LocationKind, Warehouse};
use crate::db::{Page, Paging};
use crate::inventory::queries::{
    self, LOCATION_SORTS, LocationFilter, LocationListed, LocationState,
};
use crate::paper::LabelSize;
use crate::web::{Column, Csv, Desk, Head, Result, Shell, SignedIn, heads, view, yes};

#[derive(Template)]
#[template(path = "inventory/locations/list.html", blocks = ["results"])]
struct ListLocations {
    shell: Shell,
    warehouses: Vec<Warehouse>,
    warehouse: Warehouse,
    zones: Vec<String>,
    filter: LocationFilter,
    page: Page<LocationListed>,
    /// The warehouse has no location at all.
    is_bare: bool,
}
view!(ListLocations; results => as_results);

impl ListLocations {
    fn load(
        conn: &mut PgConnection,
        shell: Shell,
        filter: LocationFilter,
        paging: &Paging,
    ) -> Result<Self> {
        let (warehouses, warehouse) = chosen::warehouses(conn, filter.warehouse())?;
        let page = queries::locations_page(conn, warehouse.id, &filter, paging)?;
        let is_bare = page.rows.is_empty() && !queries::has_locations(conn, warehouse.id)?;
        Ok(Self {
            shell,
            zones: queries::zones(conn, warehouse.id)?,
            filter: LocationFilter {
                warehouse: warehouse.id.to_string(),
                ..filter
            },
            warehouses,
            warehouse,
            page,
            is_bare,
        })
    }

    /// The columns, as their heads show and sort them.
    fn heads(&self) -> Vec<Head> {
        let sort = LOCATION_SORTS.understood(&self.filter.sort);
        heads(COLUMNS, sort, &self.filter)
    }

    fn is_in(&self, warehouse: &Warehouse) -> bool {
        self.warehouse.id == warehouse.id
    }

    fn is_of_kind(&self, kind: &LocationKind) -> bool {
        self.filter.kind() == Some(*kind)
    }

    fn is_in_zone(&self, zone: &str) -> bool {
        self.filter.zone == zone
    }

    fn shows(&self, state: &LocationState) -> bool {
        self.filter.state() == Some(*state)
    }
}

#[get("/locations")]
pub(super) async fn list(
    desk: Desk<SignedIn>,
    filter: Query<LocationFilter>,
    paging: Query<Paging>,
) -> Result {
    desk.list(move |conn, shell| ListLocations::load(conn, shell, filter.into_inner(), &paging))
        .await
}

const COLUMNS: &[Column<LocationListed>] = &[
    Column::file("warehouse", |row| row.warehouse.clone()),
    Column::head("Code")
        .rising("code")
        .in_file("code", |row| row.code.clone()),
    Column::head("Barcode")
        .class("wide")
        .in_file("barcode", |row| row.barcode.clone()),
    Column::head("Kind").in_file("kind", |row| row.kind.to_string()),
    Column::head("Zone")
        .rising("zone")
        .in_file("zone", |row| row.zone.clone()),
    Column::head("Walk")
        .class("number")
        .rising("walk")
        .in_file("walk", |row| row.walk.to_string()),
    Column::head("Capacity")
        .class("number")
        .in_file("capacity", |row| {
            row.capacity
                .map(|units| units.to_string())
                .unwrap_or_default()
        }),
    Column::file("active", |row| yes(row.is_active)),
    Column::head("Products")
        .class("number")
        .in_file("products", |row| row.products.to_string()),
    Column::head("Units")
        .class("number")
        .falling("units")
        .in_file("units", |row| row.units.to_string()),
    Column::head("State"),
];

#[get("/locations.csv")]
pub(super) async fn export(desk: Desk<SignedIn>, filter: Query<LocationFilter>) -> Result {
    desk.read(move |conn| {
        let (_, warehouse) = chosen::warehouses(conn, filter.warehouse())?;
        let rows = queries::all_locations(conn, warehouse.id, &filter)?;
        Csv::table(COLUMNS, &rows)
    })
    .await?
    .finish("locations.csv")
}
