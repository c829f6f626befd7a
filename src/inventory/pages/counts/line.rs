//! A line of a count, and its figure typed in place.

use actix_web::post;
use actix_web::web::{Path, ServiceConfig};
use askama::Template;
use diesel::prelude::*;

use super::show::{columns, tells_books};
use crate::catalog::{self, Warehouse};
use crate::inventory::count_forms as forms;
use crate::inventory::queries::{self, CountLineListed};
use crate::inventory::{Count, CountLine, Found, scan};
use crate::schema::count_lines;
use crate::types::{CountId, CountLineId, FieldErrors, Fields};
use crate::web::{Desk, Go, Head, MayCount, Result, Sheet, Shell, View, heads};

pub fn routes(config: &mut ServiceConfig) {
    config.service(update);
}

/// A line, as whoever counts sees it.
pub(super) struct Row {
    pub line: CountLineListed,
    pub tells_books: bool,
    pub is_open: bool,
    /// Whether the warehouse has bins.
    pub has_bins: bool,
    path: String,
    typed: Fields,
    errors: FieldErrors,
}

impl Row {
    /// A row nobody typed into.
    pub fn shown(line: CountLineListed, count: &Count, warehouse: &Warehouse) -> Self {
        Self {
            path: format!("{}/lines/{}", count.path(), line.id),
            line,
            tells_books: tells_books(count),
            is_open: count.is_open(),
            has_bins: warehouse.uses_locations,
            typed: Fields::default(),
            errors: FieldErrors::default(),
        }
    }

    pub fn id(&self) -> String {
        format!("line-{}", self.line.id)
    }

    /// What tells its box from others of the page.
    pub fn box_id(&self) -> String {
        format!("counted-{}", self.line.id)
    }

    /// Where its figure is kept.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the box holds.
    pub fn counted(&self) -> String {
        let kept = self.line.counted.map(|units| units.to_string());
        self.typed.or("counted", kept.unwrap_or_default())
    }

    pub fn error(&self) -> &str {
        let first = self.errors.iter().next();
        first.map_or("", |(_, sentence)| sentence)
    }
}

#[derive(Template)]
#[template(path = "inventory/counts/line.html", blocks = ["row"])]
struct ShowLine {
    shell: Shell,
    count: Count,
    row: Row,
}

/// The row takes the place of the row it was typed into.
impl View for ShowLine {
    fn part(&self, element: &str) -> Option<askama::Result<String>> {
        (element == self.row.id()).then(|| self.as_row().render())
    }
}

impl ShowLine {
    fn load(
        conn: &mut PgConnection,
        sheet: Sheet,
        (id, line): (CountId, CountLineId),
    ) -> Result<Self> {
        let count = queries::count(conn, id)?;
        let warehouse = catalog::warehouse(conn, count.warehouse_id)?;
        let row = Row {
            typed: sheet.typed,
            errors: sheet.errors,
            ..Row::shown(queries::count_line(conn, id, line)?, &count, &warehouse)
        };
        Ok(Self {
            shell: sheet.shell,
            count,
            row,
        })
    }

    fn heads(&self) -> Vec<Head> {
        heads(&columns(&self.count, self.row.has_bins), "", &())
    }
}

#[post("/counts/{id:\\d+}/lines/{line:\\d+}")]
async fn update(desk: Desk<MayCount>, path: Path<(CountId, CountLineId)>, form: Fields) -> Result {
    let (id, line) = *path;
    desk.act(form, move |act, form| {
        let units = forms::typed(form)?;
        let line: CountLine = CountLine::query()
            .filter(count_lines::count_id.eq(id))
            .filter(count_lines::id.eq(line))
            .first(act.conn())?;
        let found = Found {
            product: line.product_id,
            bin: line.location_id,
            units,
            adds: false,
        };
        let line = scan(act, id, &found)?;
        Ok(Go::to(format!("/counts/{}", line.count_id)).saying("Counted."))
    })
    .in_place()
    .or_again(move |conn, sheet| ShowLine::load(conn, sheet, (id, line)))
    .await
}
