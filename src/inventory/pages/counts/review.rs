//! What was found is looked at before the books follow it.

use actix_web::web::{Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::catalog::{self, Warehouse};
use crate::db::{Page, Paging};
use crate::inventory::count_forms as forms;
use crate::inventory::queries::{self, CountLineFilter, CountLineListed, LineState};
use crate::inventory::{Count, CountTotals, apply_count, preview_count, recount};
use crate::stock::pages::tell_effects;
use crate::types::{CountId, FieldErrors, Fields, clock};
use crate::web::{Desk, Go, MayCorrectStock, Result, Sheet, Shell, view};

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(show)
        .service(weigh)
        .service(again)
        .service(apply);
}

#[derive(Template)]
#[template(path = "inventory/counts/review.html", blocks = ["form"])]
struct Review {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
    count: Count,
    warehouse: Warehouse,
    totals: CountTotals,
    /// Lines that are to be counted once more.
    doubtful: usize,
    page: Page<CountLineListed>,
}
view!(Review as form title);

impl Review {
    /// The lines that differ, those worth most first.
    fn load(conn: &mut PgConnection, sheet: Sheet, id: CountId, paging: &Paging) -> Result<Self> {
        let count = queries::count(conn, id)?;
        let differing = CountLineFilter {
            show: LineState::Differing.to_string(),
            sort: "-value".into(),
            ..CountLineFilter::default()
        };
        let doubtful = match count.is_open() {
            true => queries::wanting_recount(conn, id)?.len(),
            false => 0,
        };
        Ok(Self {
            warehouse: catalog::warehouse(conn, count.warehouse_id)?,
            totals: queries::totals_of(conn, id)?,
            page: queries::count_lines(conn, id, &differing, paging, Some(200))?,
            doubtful,
            shell: sheet.shell,
            typed: sheet.typed,
            errors: sheet.errors,
            count,
        })
    }

    fn title(&self) -> String {
        format!("Review {}", self.count.number)
    }

    fn error_of(&self, row: &CountLineListed) -> &str {
        self.errors.get(&format!("line-{}", row.id))
    }

    /// What is wrong with lines that stand on another page.
    fn errors_elsewhere(&self) -> usize {
        let here = |name: &str| {
            let mut rows = self.page.rows.iter();
            rows.any(|row| name == format!("line-{}", row.id))
        };
        let wrong = self
            .errors
            .iter()
            .filter(|(name, _)| name.starts_with("line-"));
        wrong.filter(|(name, _)| !here(name)).count()
    }
}

#[get("/counts/{id:\\d+}/review")]
async fn show(desk: Desk<MayCorrectStock>, id: Path<CountId>, paging: Query<Paging>) -> Result {
    desk.ask(Fields::default(), move |conn, sheet| {
        Review::load(conn, sheet, *id, &paging)
    })
    .await
}

#[get("/counts/{id:\\d+}/effects")]
async fn weigh(desk: Desk<MayCorrectStock>, id: Path<CountId>) -> Result {
    let weighed = desk
        .read(move |conn| Ok(preview_count(conn, *id, clock::now())?))
        .await;
    tell_effects("Who becomes short, who gains", weighed)
}

/// The lines that are ticked, or all that should be, are counted once more.
#[post("/counts/{id:\\d+}/recount")]
async fn again(desk: Desk<MayCorrectStock>, id: Path<CountId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        let lines = match form.get("which") {
            "doubtful" => queries::wanting_recount(act, id)?,
            _ => forms::lines(form),
        };
        let count = recount(act, id, &lines)?;
        let said = "These lines are to be counted again.";
        Ok(Go::to(format!("{}?show=again", count.path())).saying(said))
    })
    .or_again(move |conn, sheet| Review::load(conn, sheet, id, &Paging::default()))
    .await
}

#[post("/counts/{id:\\d+}/application")]
async fn apply(desk: Desk<MayCorrectStock>, id: Path<CountId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        let count = apply_count(act, id, forms::applying(form))?;
        let said = format!(
            "{} is applied: the books follow what was found.",
            count.number
        );
        Ok(Go::from(count.record()).saying(said))
    })
    .or_again(move |conn, sheet| Review::load(conn, sheet, id, &Paging::default()))
    .await
}
