//! Reserved units move from one order to another, or are released: first what that would do, then why.

use actix_web::web::{Data, Form, Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::Utc;
use diesel::prelude::*;

use crate::db::Db;
use crate::error::Error;
use crate::inventory::forms::MoveForm;
use crate::stock::{self, Claimant, Effect, Queued};
use crate::types::{FieldErrors, OrderLineId, ProductId, RecordRef};
use crate::web::{Htmx, Manager, Result, Shell, html};

/// Where it is.
pub fn routes(config: &mut ServiceConfig) {
    config.service(ask).service(decide);
}

#[derive(Template)]
#[template(path = "inventory/queue/move.html", blocks = ["form", "weighed"])]
struct Move {
    shell: Shell,
    line: Queued,
    /// Who could get the units.
    takers: Vec<Claimant>,
    /// What it would do, or what stands in the way; none before enough was said.
    weighed: Option<std::result::Result<Vec<Effect>, String>>,
    form: MoveForm,
    errors: FieldErrors,
}

/// The form alone, in the dialog of the page it was opened from.
#[derive(Template)]
#[template(path = "inventory/queue/move_dialog.html")]
struct InDialog<'a> {
    page: &'a Move,
}

impl Move {
    fn load(
        conn: &mut PgConnection,
        shell: Shell,
        line: OrderLineId,
        form: MoveForm,
    ) -> Result<Self> {
        let queued = stock::queued(conn, line)?;
        Ok(Self {
            takers: stock::takers(conn, &queued)?,
            weighed: weigh(conn, line, &form)?,
            line: queued,
            shell,
            form,
            errors: FieldErrors::default(),
        })
    }

    fn title(&self) -> String {
        format!("Move reserved units of {}", self.line.sku)
    }

    fn product_path(&self) -> String {
        RecordRef::Product(self.line.product_id).path()
    }

    fn action(&self) -> String {
        let line = self.line.order_line_id;
        format!("{}/queue/{line}/move", self.product_path())
    }

    fn is_to(&self, claimant: &Claimant) -> bool {
        self.form.to == claimant.order_line_id.to_string()
    }
}

/// A refusal is an answer here: it is shown where the effects would be.
fn weigh(
    conn: &mut PgConnection,
    line: OrderLineId,
    form: &MoveForm,
) -> Result<Option<std::result::Result<Vec<Effect>, String>>> {
    let Ok(wanted) = form.wanted(line) else {
        return Ok(None);
    };
    match stock::preview_move(conn, wanted, Utc::now()) {
        Ok(effects) => Ok(Some(Ok(effects))),
        Err(stock::Error::Db(failure)) => Err(failure.into()),
        Err(refusal) => Ok(Some(Err(refusal.to_string()))),
    }
}

#[get("/products/{id:\\d+}/queue/{line:\\d+}/move")]
async fn ask(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    _: Manager,
    path: Path<(ProductId, OrderLineId)>,
    form: Query<MoveForm>,
) -> Result {
    let ((_, line), form) = (*path, form.into_inner());
    let page = db
        .read(move |conn| Move::load(conn, shell, line, form))
        .await?;
    if htmx.targets("dialog-content") {
        html::page(InDialog { page: &page })
    } else if htmx.targets("effects") {
        html::page(page.as_weighed())
    } else {
        html::page(page)
    }
}

#[post("/products/{id:\\d+}/queue/{line:\\d+}/move")]
async fn decide(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    Manager(manager): Manager,
    path: Path<(ProductId, OrderLineId)>,
    form: Form<MoveForm>,
) -> Result {
    let ((product, line), form) = (*path, form.into_inner());
    let (wanted, reason) = (form.wanted(line), form.reason());
    let moved = db
        .write(&manager, move |act| {
            let (wanted, reason) = match (wanted.clone(), reason.clone()) {
                (Ok(wanted), Ok(reason)) => (wanted, reason),
                (wanted, reason) => {
                    let first = wanted.err().unwrap_or_default();
                    return Err(first.and(reason.err().unwrap_or_default()).into());
                }
            };
            Ok(stock::move_units(act, wanted, &reason)?)
        })
        .await;
    match moved {
        Ok(_) => htmx.go_saying(
            RecordRef::Product(product).path(),
            "The units changed hands, and the queue was served anew.",
        ),
        Err(Error::Invalid(errors)) => {
            let mut page = db
                .read(move |conn| Move::load(conn, shell, line, form))
                .await?;
            page.errors = errors;
            if htmx.asks() {
                html::invalid(page.as_form())
            } else {
                html::invalid(page)
            }
        }
        Err(error) => Err(error),
    }
}
