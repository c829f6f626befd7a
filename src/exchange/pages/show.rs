//! `/imports/{id}`: what a file comes to, or came to.

use actix_web::web::{Data, Form, Path, Query};
use actix_web::{get, post};
use askama::Template;
use chrono::Utc;
use diesel::PgConnection;
use serde::Deserialize;

use super::list::shipping_warehouses;
use crate::catalog::Warehouse;
use crate::db::Db;
use crate::error::Error;
use crate::exchange::forms::ImportForm;
use crate::exchange::imports::orders::{self, Reading, Refusal, Remark, RemarkKind, Skipped};
use crate::exchange::{self, Import};
use crate::types::ImportId;
use crate::web::{Htmx, Manager, Result, Shell, html};

/// Rows of a table on one page.
const PER_PAGE: usize = 200;
/// Orders shown as they would look.
const FIRST_ORDERS: usize = 12;
/// Remarks of a kind shown at once.
const FIRST_REMARKS: usize = 60;

#[derive(Template)]
#[template(path = "exchange/imports/preview.html")]
struct Preview {
    shell: Shell,
    import: Import,
    reading: Reading,
    warehouses: Vec<Warehouse>,
    page: usize,
}

/// Which part of the refused lines is shown.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default)]
struct Part {
    page: usize,
}

impl Preview {
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
        ((self.page + 1) * PER_PAGE < self.longest()).then_some(self.page + 1)
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
    &all[begin..(begin + PER_PAGE).min(all.len())]
}

#[derive(Template)]
#[template(path = "exchange/imports/done.html")]
struct Done {
    shell: Shell,
    import: Import,
}

#[get("/imports/{id}")]
pub(super) async fn show(
    shell: Shell,
    db: Data<Db>,
    _: Manager,
    id: Path<ImportId>,
    part: Query<Part>,
) -> Result {
    let (id, page) = (*id, part.page);
    let (import, preview) = db
        .read(move |conn| {
            let import = exchange::import(conn, id)?;
            let reading = if import.is_preview() {
                Some(read(conn, &import)?)
            } else {
                None
            };
            Ok((import, reading))
        })
        .await?;
    match preview {
        None => html::page(Done { shell, import }),
        Some((reading, warehouses)) => html::page(Preview {
            shell,
            import,
            reading,
            warehouses,
            page,
        }),
    }
}

fn read(conn: &mut PgConnection, import: &Import) -> Result<(Reading, Vec<Warehouse>)> {
    let content = exchange::content(conn, import.id)?;
    let reading = orders::preview(conn, &content, import.choices(), Utc::now())?;
    Ok((reading, shipping_warehouses(conn)?))
}

#[post("/imports/{id}/choices")]
pub(super) async fn choose(
    db: Data<Db>,
    htmx: Htmx,
    manager: Manager,
    id: Path<ImportId>,
    form: Form<ImportForm>,
) -> Result {
    let (id, parsed) = (*id, form.parse());
    let import = db
        .write(&manager, move |act| {
            let (to, choices) = parsed.clone()?;
            Ok(exchange::choose(act, id, &to, choices, Utc::now())?)
        })
        .await?;
    htmx.go(import.path())
}

#[post("/imports/{id}/confirmation")]
pub(super) async fn confirm(
    db: Data<Db>,
    htmx: Htmx,
    Manager(visitor): Manager,
    id: Path<ImportId>,
) -> Result {
    let id = *id;
    let import = db
        .write(&visitor, move |act| {
            Ok(exchange::confirm(act, id, Some(visitor.id), Utc::now())?)
        })
        .await?;
    htmx.go_saying(
        import.path(),
        format!("{} orders are imported.", import.orders),
    )
}

#[post("/imports/{id}/discard")]
pub(super) async fn discard(
    db: Data<Db>,
    htmx: Htmx,
    manager: Manager,
    id: Path<ImportId>,
) -> Result {
    let id = *id;
    let import = db
        .write(&manager, move |act| Ok(exchange::discard(act, id)?))
        .await?;
    htmx.go_saying(
        "/imports",
        format!("{} is discarded; nothing was imported.", import.file_name),
    )
}

#[get("/imports/{id}/left-out.csv")]
pub(super) async fn left_out(db: Data<Db>, _: Manager, id: Path<ImportId>) -> Result {
    let id = *id;
    let report = db
        .read(move |conn| {
            let import = exchange::import(conn, id)?;
            if import.is_preview() {
                let (reading, _) = read(conn, &import)?;
                return Ok(exchange::left_out_as_csv(&reading));
            }
            match exchange::left_out(conn, id)? {
                report if report.is_empty() => Err(Error::NotFound),
                report => Ok(report),
            }
        })
        .await?;
    html::csv("left-out.csv", format!("\u{feff}{report}").into_bytes())
}
