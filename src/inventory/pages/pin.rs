//! A line of a queue is pinned, or takes its turn again: first what that would do, then why.

use actix_web::web::{Data, Form, Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::Utc;
use diesel::prelude::*;
use serde::Deserialize;

use crate::db::Db;
use crate::error::Error;
use crate::stock::{self, Effect, Pinning, Queued};
use crate::types::{FieldErrors, OrderLineId, ProductId, RecordRef, required_text};
use crate::web::{Htmx, Manager, Result, Shell, html};

/// Where it is.
pub fn routes(config: &mut ServiceConfig) {
    config.service(ask).service(decide);
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct PinForm {
    /// `pin` or `unpin`: what the form that was read offered.
    what: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "inventory/queue/pin.html", blocks = ["form"])]
struct Pin {
    shell: Shell,
    line: Queued,
    effects: Vec<Effect>,
    form: PinForm,
    errors: FieldErrors,
}

/// The form alone, in the dialog of the page it was opened from.
#[derive(Template)]
#[template(path = "inventory/queue/pin_dialog.html")]
struct InDialog<'a> {
    page: &'a Pin,
}

impl Pin {
    fn load(conn: &mut PgConnection, shell: Shell, line: OrderLineId) -> Result<Self> {
        let queued = stock::queued(conn, line)?;
        Ok(Self {
            effects: stock::preview_pin(conn, line, queued.pinning(), Utc::now())?,
            line: queued,
            shell,
            form: PinForm::default(),
            errors: FieldErrors::default(),
        })
    }

    fn is_pin(&self) -> bool {
        self.line.pinning() == Pinning::Pin
    }

    fn title(&self) -> String {
        if self.is_pin() {
            format!("Pin in the queue of {}", self.line.sku)
        } else {
            format!("Unpin in the queue of {}", self.line.sku)
        }
    }

    fn product_path(&self) -> String {
        RecordRef::Product(self.line.product_id).path()
    }

    fn action(&self) -> String {
        format!(
            "{}/queue/{}/pin",
            self.product_path(),
            self.line.order_line_id
        )
    }
}

#[get("/products/{id:\\d+}/queue/{line:\\d+}/pin")]
async fn ask(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    _: Manager,
    path: Path<(ProductId, OrderLineId)>,
) -> Result {
    let (_, line) = *path;
    let page = db.read(move |conn| Pin::load(conn, shell, line)).await?;
    if htmx.targets("dialog-content") {
        html::page(InDialog { page: &page })
    } else {
        html::page(page)
    }
}

#[post("/products/{id:\\d+}/queue/{line:\\d+}/pin")]
async fn decide(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    Manager(manager): Manager,
    path: Path<(ProductId, OrderLineId)>,
    form: Form<PinForm>,
) -> Result {
    let ((product, line), form) = (*path, form.into_inner());
    let pinning = match form.what.as_str() {
        "unpin" => Pinning::Unpin,
        _ => Pinning::Pin,
    };
    let reason = required_text(&form.reason, 500)
        .map_err(|_| FieldErrors::one("reason", "Say why, in at most 500 characters."));
    let decided = db
        .write(&manager, move |act| {
            let reason = reason.clone()?;
            Ok(stock::pin(act, line, pinning, &reason)?)
        })
        .await;
    match decided {
        Ok(_) => htmx.go_saying(
            RecordRef::Product(product).path(),
            match pinning {
                Pinning::Pin => "The line is pinned, and the queue was served anew.",
                Pinning::Unpin => "The line takes its turn again, and the queue was served anew.",
            },
        ),
        Err(Error::Invalid(errors)) => {
            let mut page = db.read(move |conn| Pin::load(conn, shell, line)).await?;
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
