//! The list of counts.

use actix_web::get;
use actix_web::web::{Query, ServiceConfig};
use askama::Template;
use diesel::PgConnection;

use crate::catalog::{self, Warehouse};
use crate::db::{Page, Paging};
use crate::inventory::CountStatus;
use crate::inventory::queries::{self, COUNT_SORTS, CountFilter, CountListed};
use crate::web::{Column, Csv, Desk, Head, Result, Shell, SignedIn, heads, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(list).service(export);
}

#[derive(Template)]
#[template(path = "inventory/counts/list.html", blocks = ["results"])]
struct ListCounts {
    shell: Shell,
    warehouses: Vec<Warehouse>,
    filter: CountFilter,
    page: Page<CountListed>,
}
view!(ListCounts; results => as_results);

const COLUMNS: &[Column<CountListed>] = &[
    Column::head("Number")
        .falling("number")
        .in_file("number", |row| row.number.clone()),
    Column::head("Warehouse").in_file("warehouse", |row| row.warehouse.clone()),
    Column::head("What").in_file("what", |row| row.asked.clone()),
    Column::head("Status").in_file("status", |row| row.status.label().into()),
    Column::head("Counted").in_file("counted", |row| row.counted.to_string()),
    Column::file("lines", |row| row.lines.to_string()),
    Column::head("Differing")
        .class("number")
        .in_file("differing", |row| row.differing.to_string()),
    Column::head("Found more")
        .class("number wide")
        .in_file("more", |row| row.more.to_string()),
    Column::head("Not found")
        .class("number wide")
        .in_file("fewer", |row| row.fewer.to_string()),
    Column::file("value_more", |row| row.gained.to_string()),
    Column::file("value_fewer", |row| row.lost.to_string()),
    Column::head("Begun by")
        .class("wide")
        .in_file("begun_by", |row| row.created_by.clone()),
];

impl ListCounts {
    fn load(
        conn: &mut PgConnection,
        shell: Shell,
        filter: CountFilter,
        paging: &Paging,
    ) -> Result<Self> {
        Ok(Self {
            shell,
            warehouses: catalog::warehouses(conn)?,
            page: queries::counts(conn, &filter, paging)?,
            filter,
        })
    }

    fn heads(&self) -> Vec<Head> {
        heads(
            COLUMNS,
            COUNT_SORTS.understood(&self.filter.sort),
            &self.filter,
        )
    }

    fn statuses(&self) -> &'static [CountStatus] {
        CountStatus::ALL
    }

    fn is(&self, status: &CountStatus) -> bool {
        self.filter.status() == Some(*status)
    }

    fn is_in(&self, warehouse: &Warehouse) -> bool {
        self.filter.warehouse == warehouse.id.to_string()
    }
}

#[get("/counts")]
async fn list(desk: Desk<SignedIn>, filter: Query<CountFilter>, paging: Query<Paging>) -> Result {
    desk.list(move |conn, shell| ListCounts::load(conn, shell, filter.into_inner(), &paging))
        .await
}

#[get("/counts.csv")]
async fn export(desk: Desk<SignedIn>, filter: Query<CountFilter>) -> Result {
    let rows = desk
        .read(move |conn| Ok(queries::counts_for_export(conn, &filter)?))
        .await?;
    Csv::table(COLUMNS, &rows)?.finish("counts.csv")
}
