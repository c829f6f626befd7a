//! An order gets another priority: first who would gain and lose by it, then why.

use actix_web::web::{Data, Form, Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::Utc;
use diesel::prelude::*;
use serde::Deserialize;

use crate::db::Db;
use crate::error::Error;
use crate::sales::{self, Order, queries};
use crate::stock::{Effect, Priority};
use crate::types::{FieldErrors, OrderId, required_text};
use crate::web::{Htmx, Manager, Result, Shell, html};

/// Where it is.
pub fn routes(config: &mut ServiceConfig) {
    config.service(ask).service(decide);
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct PriorityForm {
    priority: String,
    reason: String,
}

impl PriorityForm {
    fn priority(&self) -> std::result::Result<Priority, FieldErrors> {
        let parsed = self.priority.parse();
        parsed.map_err(|_| FieldErrors::one("priority", "Choose a priority."))
    }

    fn reason(&self) -> std::result::Result<String, FieldErrors> {
        required_text(&self.reason, 500)
            .map_err(|_| FieldErrors::one("reason", "Say why, in at most 500 characters."))
    }
}

#[derive(Template)]
#[template(path = "sales/orders/priority.html", blocks = ["form", "weighed"])]
struct Prioritise {
    shell: Shell,
    order: Order,
    /// None before another priority was chosen.
    effects: Option<Vec<Effect>>,
    form: PriorityForm,
    errors: FieldErrors,
}

/// The form alone, in the dialog of the page it was opened from.
#[derive(Template)]
#[template(path = "sales/orders/priority_dialog.html")]
struct InDialog<'a> {
    page: &'a Prioritise,
}

impl Prioritise {
    fn load(
        conn: &mut PgConnection,
        shell: Shell,
        id: OrderId,
        form: PriorityForm,
    ) -> Result<Self> {
        let order = queries::order(conn, id)?;
        let chosen = form
            .priority()
            .ok()
            .filter(|chosen| *chosen != order.priority);
        let effects = chosen.map(|chosen| sales::preview_priority(conn, id, chosen, Utc::now()));
        Ok(Self {
            effects: effects.transpose()?,
            order,
            shell,
            form,
            errors: FieldErrors::default(),
        })
    }

    fn title(&self) -> String {
        format!("Priority of {}", self.order.number)
    }

    fn action(&self) -> String {
        format!("{}/priority", self.order.path())
    }

    fn is_chosen(&self, priority: &Priority) -> bool {
        *priority == self.form.priority().unwrap_or(self.order.priority)
    }
}

#[get("/orders/{id:\\d+}/priority")]
async fn ask(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    _: Manager,
    id: Path<OrderId>,
    form: Query<PriorityForm>,
) -> Result {
    let form = form.into_inner();
    let page = db
        .read(move |conn| Prioritise::load(conn, shell, *id, form))
        .await?;
    if htmx.targets("dialog-content") {
        html::page(InDialog { page: &page })
    } else if htmx.targets("effects") {
        html::page(page.as_weighed())
    } else {
        html::page(page)
    }
}

#[post("/orders/{id:\\d+}/priority")]
async fn decide(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    Manager(manager): Manager,
    id: Path<OrderId>,
    form: Form<PriorityForm>,
) -> Result {
    let (id, form) = (*id, form.into_inner());
    let (priority, reason) = (form.priority(), form.reason());
    let decided = db
        .write(&manager, move |act| {
            let (priority, reason) = (priority.clone()?, reason.clone()?);
            let (by, at) = (manager.id, Utc::now());
            sales::prioritise(act, id, priority, &reason, by, at)?;
            Ok(queries::order(act, id)?)
        })
        .await;
    match decided {
        Ok(order) => htmx.go_saying(
            order.path(),
            format!(
                "The priority is {} now.",
                order.priority.label().to_lowercase()
            ),
        ),
        Err(Error::Invalid(errors)) => {
            let mut page = db
                .read(move |conn| Prioritise::load(conn, shell, id, form))
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
