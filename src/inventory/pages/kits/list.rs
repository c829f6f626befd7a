//! How many kits can be packed, warehouse by warehouse, and what all kits are made of as a file.

use actix_web::get;
use actix_web::web::{Query, ServiceConfig};
use askama::Template;
use diesel::PgConnection;

use crate::catalog::{self, Warehouse};
use crate::db::{Page, Paging};
use crate::inventory::queries::{self, KIT_SORTS, KitFilter, KitListed, KitShow, PartInFile};
use crate::web::{Column, Csv, Desk, Head, Result, Shell, SignedIn, heads, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(list).service(export).service(export_parts);
}

#[derive(Template)]
#[template(path = "inventory/kits/list.html", blocks = ["results"])]
struct ListKits {
    shell: Shell,
    warehouses: Vec<Warehouse>,
    filter: KitFilter,
    page: Page<KitListed>,
}
view!(ListKits; results => as_results);

const COLUMNS: &[Column<KitListed>] = &[
    Column::head("Kit")
        .rising("sku")
        .in_file("sku", |row| row.sku.to_string()),
    Column::head("Name")
        .rising("name")
        .in_file("name", |row| row.name.clone()),
    Column::head("Warehouse").in_file("warehouse", |row| row.stock.warehouse.clone()),
    Column::head("Available")
        .class("number")
        .in_file("available", |row| row.stock.available.to_string()),
    Column::head("Limited by").in_file("limited_by", |row| row.stock.limited_by.to_string()),
    Column::head("Available of it")
        .class("number")
        .in_file("available_of_it", |row| row.stock.left.to_string()),
];

const PARTS: &[Column<PartInFile>] = &[
    Column::file("kit", |row| row.kit.to_string()),
    Column::file("part", |row| row.part.to_string()),
    Column::file("quantity", |row| row.quantity.to_string()),
];

impl ListKits {
    fn load(
        conn: &mut PgConnection,
        shell: Shell,
        filter: KitFilter,
        paging: &Paging,
    ) -> Result<Self> {
        Ok(Self {
            shell,
            warehouses: catalog::warehouses(conn)?,
            page: queries::kits_page(conn, &filter, paging)?,
            filter,
        })
    }

    fn heads(&self) -> Vec<Head> {
        let sort = KIT_SORTS.understood(&self.filter.sort);
        heads(COLUMNS, sort, &self.filter)
    }

    fn shown(&self) -> &'static [KitShow] {
        KitShow::ALL
    }

    fn shows(&self, which: &KitShow) -> bool {
        self.filter.show == which.as_str()
    }

    fn is_in(&self, warehouse: &Warehouse) -> bool {
        self.filter.warehouse == warehouse.id.to_string()
    }
}

#[get("/stock/kits")]
async fn list(desk: Desk<SignedIn>, filter: Query<KitFilter>, paging: Query<Paging>) -> Result {
    desk.list(move |conn, shell| ListKits::load(conn, shell, filter.into_inner(), &paging))
        .await
}

#[get("/stock/kits.csv")]
async fn export(desk: Desk<SignedIn>, filter: Query<KitFilter>) -> Result {
    let rows = desk.read(move |conn| Ok(queries::kits_for_export(conn, &filter)?));
    Csv::table(COLUMNS, &rows.await?)?.finish("kits.csv")
}

#[get("/stock/kits/parts.csv")]
async fn export_parts(desk: Desk<SignedIn>) -> Result {
    let rows = desk.read(|conn| Ok(queries::parts_for_export(conn)?));
    Csv::table(PARTS, &rows.await?)?.finish("kit-parts.csv")
}
