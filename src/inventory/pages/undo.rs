//! What was moved by hand is taken back: first what that would do, then why.

use actix_web::web::{Data, Form, Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::Utc;
use diesel::prelude::*;

use crate::db::Db;
use crate::error::Error;
use crate::inventory::forms::MoveForm;
use crate::stock::{self, Effect, Queued};
use crate::types::{FieldErrors, OrderLineId, ProductId, RecordRef};
use crate::web::{Htmx, Manager, Result, Shell, html};

/// Where it is.
pub fn routes(config: &mut ServiceConfig) {
    config.service(ask).service(decide);
}

#[derive(Template)]
#[template(path = "inventory/queue/undo.html", blocks = ["form"])]
struct Undo {
    shell: Shell,
    line: Queued,
    effects: Vec<Effect>,
    form: MoveForm,
    errors: FieldErrors,
}

/// The form alone, in the dialog of the page it was opened from.
#[derive(Template)]
#[template(path = "inventory/queue/undo_dialog.html")]
struct InDialog<'a> {
    page: &'a Undo,
}

impl Undo {
    fn load(conn: &mut PgConnection, shell: Shell, line: OrderLineId) -> Result<Self> {
        Ok(Self {
            line: stock::queued(conn, line)?,
            effects: stock::preview_undo(conn, line, Utc::now())?,
            shell,
            form: MoveForm::default(),
            errors: FieldErrors::default(),
        })
    }

    fn title(&self) -> String {
        format!("Take back a move of {}", self.line.sku)
    }

    fn product_path(&self) -> String {
        RecordRef::Product(self.line.product_id).path()
    }

    fn action(&self) -> String {
        let line = self.line.order_line_id;
        format!("{}/queue/{line}/undo", self.product_path())
    }
}

#[get("/products/{id:\\d+}/queue/{line:\\d+}/undo")]
async fn ask(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    _: Manager,
    path: Path<(ProductId, OrderLineId)>,
) -> Result {
    let (_, line) = *path;
    let page = db.read(move |conn| Undo::load(conn, shell, line)).await?;
    if htmx.targets("dialog-content") {
        html::page(InDialog { page: &page })
    } else {
        html::page(page)
    }
}

#[post("/products/{id:\\d+}/queue/{line:\\d+}/undo")]
async fn decide(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    Manager(manager): Manager,
    path: Path<(ProductId, OrderLineId)>,
    form: Form<MoveForm>,
) -> Result {
    let ((product, line), form) = (*path, form.into_inner());
    let reason = form.reason();
    let undone = db
        .write(&manager, move |act| {
            Ok(stock::undo_move(act, line, &reason.clone()?)?)
        })
        .await;
    match undone {
        Ok(_) => htmx.go_saying(
            RecordRef::Product(product).path(),
            "The move is taken back, and the queue was served anew.",
        ),
        Err(Error::Invalid(errors)) => {
            let mut page = db.read(move |conn| Undo::load(conn, shell, line)).await?;
            (page.form, page.errors) = (form, errors);
            if htmx.asks() {
                html::invalid(page.as_form())
            } else {
                html::invalid(page)
            }
        }
        Err(error) => Err(error),
    }
}
