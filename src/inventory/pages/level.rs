//! A row of the list of stock, and its levels set in place.

use actix_web::post;
use actix_web::web::{Path, ServiceConfig};
use askama::Template;
use chrono::NaiveDate;
use diesel::PgConnection;

use super::levels::COLUMNS;
use crate::inventory::forms;
use crate::inventory::queries::{self, StockListed};
use crate::stock::{self, Place, When};
use crate::types::{FieldErrors, Fields, ProductId, Quantity, WarehouseId, dates};
use crate::web::{Desk, Go, Head, Manager, Result, Sheet, Shell, View, heads};

pub fn routes(config: &mut ServiceConfig) {
    config.service(update);
}

/// A product in a warehouse, as the list shows it.
pub(super) struct Line {
    pub row: StockListed,
    today: NaiveDate,
    /// Since when nothing left, where that was asked for.
    idle_since: Option<NaiveDate>,
    typed: Fields,
    errors: FieldErrors,
}

impl Line {
    /// A row nobody typed into.
    pub fn shown(row: StockListed, shell: &Shell, tells_idle: bool) -> Self {
        let left_at = row.left_at.filter(|_| tells_idle);
        Self {
            idle_since: left_at.map(|at| shell.zone().day(at)),
            row,
            today: shell.today(),
            typed: Fields::default(),
            errors: FieldErrors::default(),
        }
    }

    /// What tells it from other rows of the page.
    pub fn at(&self) -> String {
        let level = &self.row.level;
        format!("{}-{}", level.warehouse_id, level.product_id)
    }

    pub fn id(&self) -> String {
        format!("level-{}", self.at())
    }

    pub fn name(&self) -> String {
        format!("{} in {}", self.row.sku, self.row.warehouse)
    }

    /// Where its levels are set.
    pub fn path(&self) -> String {
        let level = &self.row.level;
        format!("/stock/{}/{}", level.warehouse_id, level.product_id)
    }

    pub fn idle_since(&self) -> Option<String> {
        self.idle_since.as_ref().map(dates::day)
    }

    /// When the next of what is on its way comes.
    pub fn next(&self) -> Option<String> {
        let day = self.row.next_on?;
        Some(When::seen(Some(day), self.today).words())
    }

    /// What a box holds: the level of its own, or what was typed over it.
    pub fn boxed(&self, name: &str, kept: &Option<Quantity>) -> String {
        let kept = kept.map(|level| level.to_string()).unwrap_or_default();
        self.typed.or(name, kept)
    }

    pub fn error(&self, name: &str) -> &str {
        self.errors.get(name)
    }
}

#[derive(Template)]
#[template(path = "inventory/stock/level.html", blocks = ["row"])]
struct ShowLevel {
    shell: Shell,
    line: Line,
}

/// The row takes the place of the row it was typed into.
impl View for ShowLevel {
    fn part(&self, element: &str) -> Option<askama::Result<String>> {
        (element == self.line.id()).then(|| self.as_row().render())
    }
}

impl ShowLevel {
    fn load(conn: &mut PgConnection, sheet: Sheet, place: Place) -> Result<Self> {
        let row = queries::stock_at(conn, place)?;
        let line = Line {
            typed: sheet.typed,
            errors: sheet.errors,
            ..Line::shown(row, &sheet.shell, false)
        };
        Ok(Self {
            shell: sheet.shell,
            line,
        })
    }

    fn heads(&self) -> Vec<Head> {
        heads(COLUMNS, "", &())
    }
}

#[post("/stock/{warehouse:\\d+}/{product:\\d+}")]
async fn update(
    desk: Desk<Manager>,
    place: Path<(WarehouseId, ProductId)>,
    form: Fields,
) -> Result {
    let (warehouse, product) = *place;
    let place = Place::new(warehouse, product);
    desk.act(form, move |act, form| {
        stock::set_limits(act, place, forms::limits(form)?)?;
        Ok(Go::to(format!("/stock?warehouse={warehouse}")).saying("The levels were saved."))
    })
    .in_place()
    .or_again(move |conn, sheet| ShowLevel::load(conn, sheet, place))
    .await
}
