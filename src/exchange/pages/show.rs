//! `/imports/{id}`: what a file comes to, or came to.

use actix_web::web::{Path, Query};
use actix_web::{get, post};
use askama::Template;
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use serde::Deserialize;

use super::list::shipping_warehouses;
use crate::catalog::Warehouse;
use crate::error::Error;
use crate::exchange::imports::orders::{self, Reading, Refusal, Remark, RemarkKind, Skipped};
use crate::exchange::{self, Import, forms};
use crate::sales::{self, Channel};
use crate::stock::{Consent, Effects};
use crate::types::{Fields, ImportId, Quantity, clock, counted};
use crate::web::{Desk, Go, Manager, Result, Sheet, Shell, html, view};

/// Rows of a table on one page.
const PER_PAGE: usize = 200;
/// Orders shown as they would look.
const FIRST_ORDERS: usize = 12;
/// Remarks of a kind shown at once.
const FIRST_REMARKS: usize = 60;

#[derive(Template)]
#[template(path = "exchange/imports/show.html")]
struct ShowImport {
    shell: Shell,
    import: Import,
    /// None: nothing more can be done with it.
    preview: Option<Preview>,
    /// Why it was not imported; empty when nobody tried.
    not_agreed: String,
}
view!(ShowImport);

struct Preview {
    reading: Reading,
    /// Who of those who are here would gain and lose.
    effects: Effects,
    /// Why the books take none of it; may be empty.
    refused: String,
    warehouses: Vec<Warehouse>,
    /// Whether the shipping rules may choose the warehouse.
    has_rules: bool,
    channels: Vec<Channel>,
    page: usize,
}

/// Which part of the refused lines is shown.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default)]
struct Part {
    page: usize,
}

impl Preview {
    fn load(conn: &mut PgConnection, import: &Import, page: usize) -> Result<Self> {
        let at = clock::now();
        let reading = read(conn, import, at)?;
        let (effects, refused) =
            match orders::weigh(conn, &reading, &import.destination(), at).map_err(Error::from) {
                Ok(effects) => (effects, String::new()),
                Err(Error::Refused(why)) => (Effects::default(), why),
                Err(error) => return Err(error),
            };
        Ok(Self {
            effects,
            refused,
            reading,
            warehouses: shipping_warehouses(conn)?,
            has_rules: import.warehouse_id.is_none() || sales::has_rules(conn)?,
            channels: sales::channels(conn)?,
            page,
        })
    }

    fn refusals(&self) -> &[Refusal] {
        page_of(&self.reading.refusals, self.page)
    }

    fn skipped(&self) -> &[Skipped] {
        page_of(&self.reading.skipped, self.page)
    }

    fn longest(&self) -> usize {
        self.reading.refusals.len().max(self.reading.skipped.len())
    }

    fn newer(&self) -> Option<usize> {
        self.page.checked_sub(1)
    }

    fn older(&self) -> Option<usize> {
        let next = self.page.saturating_add(1);
        (next.saturating_mul(PER_PAGE) < self.longest()).then_some(next)
    }

    fn first_orders(&self) -> &[orders::ReadOrder] {
        let orders = &self.reading.orders;
        &orders[..orders.len().min(FIRST_ORDERS)]
    }

    /// Remarks by kind: how many, and the first of them.
    fn remarks(&self) -> Vec<(RemarkKind, usize, &[Remark])> {
        let kinds = self
            .reading
            .remarks
            .chunk_by(|one, next| one.kind == next.kind);
        kinds
            .map(|all| (all[0].kind, all.len(), &all[..all.len().min(FIRST_REMARKS)]))
            .collect()
    }

    fn unused(&self) -> String {
        self.reading.format.unused.join(", ")
    }
}

fn page_of<T>(all: &[T], page: usize) -> &[T] {
    let begin = page.saturating_mul(PER_PAGE).min(all.len());
    &all[begin..begin.saturating_add(PER_PAGE).min(all.len())]
}

#[get("/imports/{id}")]
pub(super) async fn show(desk: Desk<Manager>, id: Path<ImportId>, part: Query<Part>) -> Result {
    desk.ask(Fields::default(), move |conn, sheet| {
        ShowImport::load(conn, sheet, *id, part.page)
    })
    .await
}

impl ShowImport {
    fn load(conn: &mut PgConnection, sheet: Sheet, id: ImportId, page: usize) -> Result<Self> {
        let import = exchange::import(conn, id)?;
        let preview = match import.is_preview() {
            true => Some(Preview::load(conn, &import, page)?),
            false => None,
        };
        Ok(Self {
            shell: sheet.shell,
            import,
            preview,
            not_agreed: sheet.errors.get("agreed").to_owned(),
        })
    }
}

fn read(conn: &mut PgConnection, import: &Import, at: DateTime<Utc>) -> Result<Reading> {
    let content = exchange::content(conn, import.id)?;
    Ok(orders::preview(
        conn,
        &import.destination(),
        &content,
        import.choices(),
        at,
    )?)
}

#[post("/imports/{id}/choices")]
pub(super) async fn choose(desk: Desk<Manager>, id: Path<ImportId>, form: Fields) -> Result {
    desk.act(form, move |act, form| {
        let (to, choices) = forms::parse(form)?;
        Ok(Go::to(exchange::choose(act, *id, &to, choices)?.path()))
    })
    .await
}

fn imported(orders: Quantity) -> String {
    let verb = if orders.get() == 1 { "is" } else { "are" };
    format!("{} {verb} imported.", counted(orders.get(), "order"))
}

#[post("/imports/{id}/confirmation")]
pub(super) async fn confirm(desk: Desk<Manager>, id: Path<ImportId>, form: Fields) -> Result {
    let id = *id;
    desk.act(form, move |act, form| {
        let import = exchange::confirm(act, id, &Consent::typed(form))?;
        Ok(Go::to(import.path()).saying(imported(import.orders)))
    })
    .or_again(move |conn, sheet| ShowImport::load(conn, sheet, id, 0))
    .await
}

#[post("/imports/{id}/discard")]
pub(super) async fn discard(desk: Desk<Manager>, id: Path<ImportId>) -> Result {
    desk.act(Fields::default(), move |act, _| {
        let name = exchange::discard(act, *id)?.file_name;
        let said = format!("{name} is discarded; nothing was imported.");
        Ok(Go::to("/imports").saying(said))
    })
    .await
}

#[get("/imports/{id}/left-out.csv")]
pub(super) async fn left_out(desk: Desk<Manager>, id: Path<ImportId>) -> Result {
    let report = desk
        .read(move |conn| {
            let import = exchange::import(conn, *id)?;
            if import.is_preview() {
                return Ok(exchange::left_out_as_csv(&read(
                    conn,
                    &import,
                    clock::now(),
                )?));
            }
            match exchange::left_out(conn, *id)? {
                report if report.is_empty() => Err(Error::NotFound),
                report => Ok(report),
            }
        })
        .await?;
    html::csv("left-out.csv", format!("\u{feff}{report}").into_bytes())
}
