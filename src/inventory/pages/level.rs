//! A row of the list of stock, and what is set in its place: levels, the usual bin, what was counted.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::NaiveDate;
use diesel::PgConnection;

use super::levels::COLUMNS;
use crate::catalog;
use crate::inventory::actions::{RowEdit, edit_row, preview_row};
use crate::inventory::error::counted_box;
use crate::inventory::queries::{self, InBin, StockListed};
use crate::inventory::{Error, forms};
use crate::stock::pages::Asked;
use crate::stock::{Consent, Place, When};
use crate::types::{
    FieldErrors, Fields, LocationId, ProductId, Quantity, RecordRef, WarehouseId, clock, dates,
};
use crate::web::{Desk, Go, Head, Manager, Result, Right, Sheet, Shell, SignedIn, View, heads};

pub fn routes(config: &mut ServiceConfig) {
    config.service(show).service(type_into).service(update);
}

/// A product in a warehouse, as the list shows it.
pub(super) struct Line {
    pub row: StockListed,
    today: NaiveDate,
    /// Since when nothing left, where that was asked for.
    idle_since: Option<NaiveDate>,
}

impl Line {
    pub fn shown(row: StockListed, shell: &Shell, tells_idle: bool) -> Self {
        let left_at = row.left_at.filter(|_| tells_idle);
        Self {
            idle_since: left_at.map(|at| shell.zone().day(at)),
            row,
            today: shell.today(),
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

    pub fn path(&self) -> String {
        let level = &self.row.level;
        format!("/stock/{}/{}", level.warehouse_id, level.product_id)
    }

    pub fn idle_since(&self) -> Option<String> {
        self.idle_since.as_ref().map(dates::day)
    }

    /// When the next of what is on its way comes, or should have; in a narrow column.
    pub fn next(&self) -> Option<String> {
        let day = dates::short_day(&self.row.next_on?);
        Some(match When::seen(self.row.next_on, self.today).is_late() {
            true => format!("late, {day}"),
            false => day,
        })
    }

    /// The bin, and where its page is.
    pub fn bin(&self) -> Option<(&str, String)> {
        let (code, id) = self.row.bin()?;
        Some((code, RecordRef::Location(id).path()))
    }
}

/// What a row is while somebody types into it.
struct Boxes {
    typed: Fields,
    errors: FieldErrors,
    /// A box for what was counted, where there are units.
    counts: Vec<CountBox>,
    asked: Asked,
}

/// A box for what was counted.
struct CountBox {
    name: String,
    label: String,
    /// Units there.
    there: Quantity,
}

impl CountBox {
    fn of(bin: InBin) -> Self {
        Self {
            name: counted_box(Some(bin.id)),
            label: format!("Counted in {}", bin.code),
            there: bin.quantity,
        }
    }
}

impl Boxes {
    fn load(conn: &mut PgConnection, row: &StockListed, sheet: Sheet) -> Result<Self> {
        let place = row.place();
        let counts = match row.uses_locations {
            true => {
                let bins = queries::bins_of(conn, place)?.into_iter();
                bins.map(CountBox::of).collect()
            }
            false => vec![CountBox {
                name: counted_box(None),
                label: "Counted".into(),
                there: row.level.in_books(),
            }],
        };
        let asked = Asked::about(&sheet.errors, || {
            let counted = forms::counted(&sheet.typed)?;
            Ok(preview_row(conn, place, &counted, clock::now())?)
        })?;
        Ok(Self {
            typed: sheet.typed,
            errors: sheet.errors,
            counts,
            asked,
        })
    }

    /// What a box holds: a level of its own, or what was typed over it.
    fn boxed(&self, name: &str, kept: &Option<impl ToString>) -> String {
        let kept = kept.as_ref().map(ToString::to_string);
        self.typed.or(name, kept.unwrap_or_default())
    }

    fn counted(&self, name: &str) -> &str {
        self.typed.get(name)
    }

    fn error(&self, name: &str) -> &str {
        self.errors.get(name)
    }
}

#[derive(Template)]
#[template(path = "inventory/stock/level.html", blocks = ["row"])]
struct ShowLevel {
    shell: Shell,
    line: Line,
    boxes: Option<Boxes>,
}

/// The row takes the place of the row it was typed into.
impl View for ShowLevel {
    fn part(&self, element: &str) -> Option<askama::Result<String>> {
        (element == self.line.id()).then(|| self.as_row().render())
    }
}

impl ShowLevel {
    /// The row; where something is wrong with what was typed, with its boxes.
    fn load(conn: &mut PgConnection, sheet: Sheet, place: Place) -> Result<Self> {
        if !sheet.errors.is_empty() {
            return Self::edited(conn, sheet, place);
        }
        let row = queries::stock_at(conn, place)?;
        Ok(Self {
            line: Line::shown(row, &sheet.shell, false),
            shell: sheet.shell,
            boxes: None,
        })
    }

    fn edited(conn: &mut PgConnection, sheet: Sheet, place: Place) -> Result<Self> {
        let (row, shell) = (queries::stock_at(conn, place)?, sheet.shell.clone());
        Ok(Self {
            boxes: Some(Boxes::load(conn, &row, sheet)?),
            line: Line::shown(row, &shell, false),
            shell,
        })
    }

    fn heads(&self) -> Vec<Head> {
        heads(COLUMNS, "", &())
    }

    /// As many columns as the list has, with the one of its buttons.
    fn width(&self) -> usize {
        self.heads().len() + 1
    }
}

#[get("/stock/{warehouse:\\d+}/{product:\\d+}")]
async fn show(desk: Desk<SignedIn>, place: Path<(WarehouseId, ProductId)>) -> Result {
    let place = Place::new(place.0, place.1);
    desk.ask(Fields::default(), move |conn, sheet| {
        ShowLevel::load(conn, sheet, place)
    })
    .await
}

#[get("/stock/{warehouse:\\d+}/{product:\\d+}/edit")]
async fn type_into(
    desk: Desk<Manager>,
    place: Path<(WarehouseId, ProductId)>,
    typed: Fields,
) -> Result {
    let place = Place::new(place.0, place.1);
    desk.ask(typed, move |conn, sheet| {
        ShowLevel::edited(conn, sheet, place)
    })
    .await
}

#[post("/stock/{warehouse:\\d+}/{product:\\d+}")]
async fn update(
    desk: Desk<Manager>,
    place: Path<(WarehouseId, ProductId)>,
    form: Fields,
) -> Result {
    let place = Place::new(place.0, place.1);
    let may_count = desk.visitor().may(Right::CorrectStock);
    desk.act(form, move |act, form| {
        let edit = row_edit(act, place, form)?;
        if !may_count && edit.counted.iter().any(|each| each.units != each.seen) {
            return Err(crate::error::Error::Forbidden);
        }
        edit_row(act, place, &edit, &Consent::typed(form))?;
        Ok(Go::to(format!("/stock?warehouse={}", place.warehouse)).saying("Saved."))
    })
    .in_place()
    .or_again(move |conn, sheet| ShowLevel::load(conn, sheet, place))
    .await
}

fn row_edit(conn: &mut PgConnection, place: Place, form: &Fields) -> Result<RowEdit> {
    let (limits, counted) = FieldErrors::both(forms::limits(form), forms::counted(form))?;
    Ok(RowEdit {
        limits,
        counted,
        usual_bin: match form.has("usual_bin") {
            true => Some(usual_bin(conn, place, form.get("usual_bin"))?),
            false => None,
        },
    })
}

fn usual_bin(conn: &mut PgConnection, place: Place, text: &str) -> Result<Option<LocationId>> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let called = catalog::bin_called(conn, place.warehouse, text)?;
    let bin = called.filter(catalog::Location::takes_goods);
    let bin =
        bin.ok_or_else(|| FieldErrors::one("usual_bin", Error::NotOfWarehouse.to_string()))?;
    Ok(Some(bin.id))
}
