//! `/imports/{id}`: what a file comes to, or came to.

use actix_web::web::{Path, Query};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;
use serde::Deserialize;

use super::list::shipping_warehouses;
use crate::catalog::Warehouse;
use crate::db::Db;
use crate::error::Error;
use crate::exchange::imports::orders::{self, ReadOrder};
use crate::exchange::{self, Import, KeptOrders, LeftOut, Outcome, PER_PAGE, forms};
use crate::sales::{self, Channel};
use crate::stock::Consent;
use crate::types::{Fields, ImportId, Limit, Quantity, clock, counted};
use crate::web::{Column, Csv, Desk, Go, Manager, Result, Sheet, Shell, html, view};

#[derive(Template)]
#[template(path = "exchange/imports/show.html")]
struct ShowImport {
    shell: Shell,
    import: Import,
    /// None: it is being read, or nothing more can be done with it.
    preview: Option<Preview>,
    choosing: Choosing,
    /// Why it was not imported; empty when nobody tried.
    complaint: String,
}
view!(ShowImport);

/// What can be chosen about a file.
#[derive(Default)]
struct Choosing {
    warehouses: Vec<Warehouse>,
    /// Whether the shipping rules may choose the warehouse.
    has_rules: bool,
    channels: Vec<Channel>,
}

struct Preview {
    outcome: Outcome,
    refused: Vec<LeftOut>,
    documents: Vec<LeftOut>,
    orders: Vec<ReadOrder>,
    /// The most rows of any table.
    longest: usize,
    page: i32,
}

/// Which part of the rows is shown.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default)]
struct Part {
    page: usize,
}

impl Choosing {
    fn load(conn: &mut PgConnection, import: &Import) -> Result<Self> {
        Ok(Self {
            warehouses: shipping_warehouses(conn)?,
            has_rules: import.warehouse_id.is_none() || sales::has_rules(conn)?,
            channels: sales::channels(conn)?,
        })
    }
}

impl Preview {
    fn load(conn: &mut PgConnection, import: &Import, page: i32) -> Result<Self> {
        let outcome = exchange::outcome(conn, import.id)?.unwrap_or_default();
        let refused = usize::try_from(import.refused.get()).unwrap_or(usize::MAX);
        Ok(Self {
            longest: refused.max(outcome.sums.skipped).max(outcome.sums.orders),
            outcome,
            refused: exchange::left_out_page(conn, import.id, (false, page))?,
            documents: exchange::left_out_page(conn, import.id, (true, page))?,
            orders: exchange::order_page(conn, import.id, page)?,
            page,
        })
    }

    /// As it is now that somebody did not agree to what there is.
    fn weigh_anew(
        &mut self,
        conn: &mut PgConnection,
        import: &Import,
        limit: &Limit,
    ) -> Result<()> {
        let orders = KeptOrders(import.id);
        let now = (limit, clock::now());
        self.outcome.effects = orders::weigh(conn, &orders, &import.destination(), now)?;
        Ok(())
    }

    fn newer(&self) -> Option<i32> {
        (self.page > 0).then(|| self.page - 1)
    }

    fn older(&self) -> Option<i32> {
        let next = self.page.saturating_add(1);
        let first = usize::try_from(next.saturating_mul(PER_PAGE)).unwrap_or(usize::MAX);
        (first < self.longest).then_some(next)
    }

    fn unused(&self) -> String {
        self.outcome.format.unused.join(", ")
    }
}

#[get("/imports/{id}")]
pub(super) async fn show(desk: Desk<Manager>, id: Path<ImportId>, part: Query<Part>) -> Result {
    let page = i32::try_from(part.page).unwrap_or(i32::MAX);
    desk.ask(Fields::default(), move |conn, sheet| {
        ShowImport::load(conn, sheet, (*id, page), &Limit::default())
    })
    .await
}

impl ShowImport {
    fn load(
        conn: &mut PgConnection,
        sheet: Sheet,
        (id, page): (ImportId, i32),
        limit: &Limit,
    ) -> Result<Self> {
        let import = exchange::import(conn, id)?;
        let mut preview = match import.is_preview() {
            true => Some(Preview::load(conn, &import, page)?),
            false => None,
        };
        if let Some(preview) = &mut preview
            && !sheet.errors.get("agreed").is_empty()
        {
            preview.weigh_anew(conn, &import, limit)?;
        }
        let complaint = sheet.errors.iter().next();
        Ok(Self {
            choosing: match import.is_over() {
                true => Choosing::default(),
                false => Choosing::load(conn, &import)?,
            },
            complaint: complaint.map_or_else(String::new, |(_, sentence)| sentence.to_owned()),
            shell: sheet.shell,
            import,
            preview,
        })
    }
}

#[post("/imports/{id}/choices")]
pub(super) async fn choose(desk: Desk<Manager>, id: Path<ImportId>, form: Fields) -> Result {
    desk.patient()
        .act(form, move |act, form| {
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
    let (id, limit) = (*id, desk.visitor().limit.clone());
    desk.patient()
        .act(form, move |act, form| {
            exchange::check_seen(act, id, form.get("seen"))?;
            let import = exchange::confirm(act, id, &Consent::typed(form))?;
            Ok(Go::to(import.path()).saying(imported(import.orders)))
        })
        .or_again(move |conn, sheet| ShowImport::load(conn, sheet, (id, 0), &limit))
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

const COLUMNS: &[Column<LeftOut>] = &[
    Column::file("line", LeftOut::lines),
    Column::file("order", |row| row.order_number.clone()),
    Column::file("says", |row| row.says.clone()),
    Column::file("reason", |row| row.reason.clone()),
];

#[get("/imports/{id}/left-out.csv")]
pub(super) async fn left_out(desk: Desk<Manager>, db: Db, id: Path<ImportId>) -> Result {
    let id = *id;
    let seen = desk.read(move |conn| {
        let import = exchange::import(conn, id)?;
        match import.was_read() {
            true => Ok(exchange::old_report(conn, id)?),
            false => Err(Error::NotFound),
        }
    });
    let old = seen.await?;
    if !old.is_empty() {
        return html::csv("left-out.csv", format!("\u{feff}{old}").into_bytes());
    }
    Csv::of_parts(("left-out.csv", COLUMNS), db, move |conn, after| {
        let rows = exchange::left_out_after(conn, id, after.unwrap_or_default())?;
        let next = rows.last().map(LeftOut::place);
        Ok((rows, next))
    })
}
