//! A reception is reversed: first who would become short by it, then why.

use actix_web::web::{Data, Form, Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::Utc;

use crate::db::Db;
use crate::error::Error;
use crate::purchasing::forms::Typed;
use crate::purchasing::{self, Reception, queries};
use crate::stock::Effect;
use crate::types::{FieldErrors, ReceptionId, RecordRef, required_text};
use crate::web::{Htmx, Manager, Result, Shell, html};

/// Where it is.
pub fn routes(config: &mut ServiceConfig) {
    config.service(ask).service(reverse);
}

#[derive(Template)]
#[template(path = "purchasing/receptions/reverse.html", blocks = ["form"])]
struct Reverse {
    shell: Shell,
    reception: Reception,
    effects: Vec<Effect>,
    typed: Typed,
    errors: FieldErrors,
}

/// The form alone, in the dialog of the page it was opened from.
#[derive(Template)]
#[template(path = "purchasing/receptions/reverse_dialog.html")]
struct InDialog<'a> {
    page: &'a Reverse,
}

impl Reverse {
    async fn load(db: &Db, shell: Shell, id: ReceptionId) -> Result<Self> {
        db.read(move |conn| {
            Ok(Self {
                reception: queries::reception(conn, id)?,
                effects: purchasing::preview_reversal(conn, id, Utc::now())?,
                shell,
                typed: Typed::default(),
                errors: FieldErrors::default(),
            })
        })
        .await
    }

    fn title(&self) -> String {
        format!("Reverse {}", self.reception.number)
    }

    fn action(&self) -> String {
        format!("{}/reversal", self.reception.path())
    }
}

#[get("/receptions/{id:\\d+}/reversal")]
async fn ask(db: Data<Db>, htmx: Htmx, shell: Shell, _: Manager, id: Path<ReceptionId>) -> Result {
    let page = Reverse::load(&db, shell, *id).await?;
    if htmx.targets("dialog-content") {
        html::page(InDialog { page: &page })
    } else {
        html::page(page)
    }
}

#[post("/receptions/{id:\\d+}/reversal")]
async fn reverse(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    Manager(manager): Manager,
    id: Path<ReceptionId>,
    form: Form<Vec<(String, String)>>,
) -> Result {
    let (id, typed) = (*id, Typed::of(form.into_inner()));
    let reason = required_text(typed.get("reason"), 500)
        .map_err(|_| FieldErrors::one("reason", "Say why, in at most 500 characters."));
    let reversed = db
        .write(move |conn| {
            let (by, at) = (Some(manager.id), Utc::now());
            Ok(purchasing::reverse(conn, id, &reason.clone()?, by, at)?)
        })
        .await;
    match reversed {
        Ok(()) => htmx.go_saying(
            RecordRef::Reception(id).path(),
            "The reception is reversed: its goods are on their way again.",
        ),
        Err(Error::Invalid(errors)) => {
            let mut page = Reverse::load(&db, shell, id).await?;
            (page.typed, page.errors) = (typed, errors);
            if htmx.asks() {
                html::invalid(page.as_form())
            } else {
                html::invalid(page)
            }
        }
        Err(error) => Err(error),
    }
}
