//! The page of a count: the box to scan into, its lines, and what became of it.

use actix_web::get;
use actix_web::web::{Path, Query, ServiceConfig};
use askama::Template;
use diesel::PgConnection;

use super::line::Row;
use crate::catalog::{self, Warehouse};
use crate::db::{Page, Paging, history};
use crate::inventory::queries::{
    self, Affected, COUNT_LINE_SORTS, CountLineFilter, CountLineListed, LineState,
};
use crate::inventory::{Count, CountTotals};
use crate::types::{CountId, FieldErrors, Fields};
use crate::web::{Column, Csv, Desk, Head, Manager, Result, Sheet, Shell, SignedIn, heads, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(show).service(export);
}

#[derive(Template)]
#[template(path = "inventory/counts/show.html", blocks = ["form", "lines"])]
pub(super) struct ShowCount {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
    count: Count,
    warehouse: Warehouse,
    totals: CountTotals,
    filter: CountLineFilter,
    page: Page<Row>,
    /// Orders that gained or lost units by it.
    affected: Vec<Affected>,
    history: Vec<history::Entry>,
}
view!(ShowCount as form title; lines => as_lines);

impl ShowCount {
    pub(super) fn load(
        conn: &mut PgConnection,
        sheet: Sheet,
        id: CountId,
        (filter, paging): (CountLineFilter, &Paging),
    ) -> Result<Self> {
        let count = queries::count(conn, id)?;
        let warehouse = catalog::warehouse(conn, count.warehouse_id)?;
        let page = queries::count_lines(conn, id, &filter, paging, Some(50))?;
        Ok(Self {
            totals: queries::totals_of(conn, id)?,
            page: page.map(|line| Row::shown(line, &count, &warehouse)),
            warehouse,
            affected: queries::affected_by_count(conn, id)?,
            history: history::of(conn, count.record())?,
            shell: sheet.shell,
            typed: sheet.typed,
            errors: sheet.errors,
            count,
            filter,
        })
    }

    fn title(&self) -> &str {
        &self.count.number
    }

    fn heads(&self) -> Vec<Head> {
        let sort = COUNT_LINE_SORTS.understood(&self.filter.sort);
        heads(
            &columns(&self.count, self.warehouse.uses_locations),
            sort,
            &self.filter,
        )
    }

    fn states(&self) -> &'static [LineState] {
        LineState::ALL
    }

    fn shows(&self, state: &LineState) -> bool {
        self.filter.show() == Some(*state)
    }

    /// The bin that is being counted; empty: none was scanned yet.
    fn bin(&self) -> &str {
        self.typed.get("bin")
    }

    fn scan_hint(&self) -> &'static str {
        match self.warehouse.uses_locations {
            true => "A bin, a SKU or a barcode",
            false => "A SKU or a barcode",
        }
    }

    fn progress(&self) -> String {
        format!(
            "{} of {} lines counted",
            self.totals.counted, self.totals.lines
        )
    }
}

/// What the books say is shown unless the count is blind; once it is over, it is.
pub(super) fn tells_books(count: &Count) -> bool {
    !(count.blind && count.is_open())
}

/// The columns of the lines, as whoever counts sees them.
pub(super) fn columns(count: &Count, has_bins: bool) -> Vec<Column<CountLineListed>> {
    let mut columns = Vec::new();
    if has_bins {
        columns.push(Column::head("Bin").rising("walk"));
    }
    columns.push(Column::head("Product").rising("sku"));
    if tells_books(count) {
        columns.push(Column::head("Books").class("number"));
        columns.push(Column::head("In parcels").class("number wide"));
    }
    columns.push(Column::head("Counted").class("number"));
    if tells_books(count) {
        columns.push(
            Column::head("Difference")
                .class("number")
                .falling("difference"),
        );
    }
    columns.push(Column::head("By").class("wide"));
    columns
}

#[get("/counts/{id:\\d+}")]
async fn show(
    desk: Desk<SignedIn>,
    id: Path<CountId>,
    (filter, paging): (Query<CountLineFilter>, Query<Paging>),
    typed: Fields,
) -> Result {
    let filter = filter.into_inner();
    desk.ask(typed, move |conn, sheet| {
        ShowCount::load(conn, sheet, *id, (filter, &paging))
    })
    .await
}

const FILE: &[Column<CountLineListed>] = &[
    Column::file("bin", |row| row.bin.clone()),
    Column::file("sku", |row| row.sku.to_string()),
    Column::file("name", |row| row.product.clone()),
    Column::file("books", |row| row.books.to_string()),
    Column::file("counted", |row| {
        row.counted
            .map_or_else(String::new, |units| units.to_string())
    }),
    Column::file("difference", |row| {
        row.difference()
            .map_or_else(String::new, |change| change.get().to_string())
    }),
    Column::file("value", |row| {
        row.value
            .map_or_else(String::new, |value| value.to_string())
    }),
    Column::file("round", |row| row.round.to_string()),
    Column::file("doubt", |row| {
        row.doubt
            .map_or_else(String::new, |doubt| doubt.label().into())
    }),
    Column::file("counted_by", |row| row.who.clone()),
    Column::file("counted_at", |row| {
        row.counted_at
            .map_or_else(String::new, |at| at.to_rfc3339())
    }),
];

#[get("/counts/{id:\\d+}/lines.csv")]
async fn export(desk: Desk<Manager>, id: Path<CountId>, filter: Query<CountLineFilter>) -> Result {
    let id = *id;
    let rows = desk
        .read(move |conn| {
            Ok(queries::count_lines(conn, id, &filter, &Paging::default(), None)?.rows)
        })
        .await?;
    Csv::table(FILE, &rows)?.finish("count.csv")
}
