//! Confirm a date, cancel: each a short form in a dialog, or on a page of its own.

use actix_web::web::{Data, Form, Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::Utc;
use diesel::prelude::*;

use crate::db::Db;
use crate::error::Error;
use crate::purchasing::forms::Typed;
use crate::purchasing::{self, PurchaseOrder, Status};
use crate::stock::Effect;
use crate::types::{FieldErrors, PurchaseOrderId, date, optional_text};
use crate::web::{Htmx, Manager, Result, Shell, dates, html};

/// Where they are.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(ask_confirm)
        .service(confirm)
        .service(ask_cancel)
        .service(cancel);
}

/// What is about to be done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Decision {
    Confirm,
    Cancel,
}

#[derive(Template)]
#[template(path = "purchasing/orders/decide.html", blocks = ["form", "weighed"])]
struct Decide {
    shell: Shell,
    order: PurchaseOrder,
    effects: Vec<Effect>,
    decision: Decision,
    typed: Typed,
    errors: FieldErrors,
}

/// The form alone, in the dialog of the page it was opened from.
#[derive(Template)]
#[template(path = "purchasing/orders/decide_dialog.html")]
struct InDialog<'a> {
    page: &'a Decide,
}

impl Decide {
    /// With what it would do, as far as `typed` says what is to be done.
    async fn load(
        db: &Db,
        shell: Shell,
        id: PurchaseOrderId,
        decision: Decision,
        typed: Typed,
    ) -> Result<Self> {
        let day = date(typed.get("confirmed_on")).ok();
        let (order, effects) = db
            .read(move |conn| {
                let order = PurchaseOrder::query().find(id).first(conn)?;
                let effects = match (decision, day) {
                    (Decision::Cancel, _) => purchasing::preview_cancel(conn, id, Utc::now())?,
                    (Decision::Confirm, Some(day)) => {
                        purchasing::preview_confirm(conn, id, day, Utc::now())?
                    }
                    (Decision::Confirm, None) => Vec::new(),
                };
                Ok((order, effects))
            })
            .await?;
        Ok(Self {
            order,
            effects,
            shell,
            decision,
            typed,
            errors: FieldErrors::default(),
        })
    }

    /// Whether enough was said to tell what it would do.
    fn is_weighed(&self) -> bool {
        match self.decision {
            Decision::Confirm => date(self.typed.get("confirmed_on")).is_ok(),
            Decision::Cancel => !self.is_draft(),
        }
    }

    fn is_confirm(&self) -> bool {
        self.decision == Decision::Confirm
    }

    fn is_draft(&self) -> bool {
        self.order.status == Status::Draft
    }

    fn title(&self) -> String {
        match self.decision {
            Decision::Confirm => "The supplier confirms a date".to_owned(),
            Decision::Cancel => format!("Cancel {}", self.order.number),
        }
    }

    /// Where the form goes.
    fn action(&self) -> String {
        let order = self.order.path();
        match self.decision {
            Decision::Confirm => format!("{order}/confirmation"),
            Decision::Cancel => format!("{order}/cancellation"),
        }
    }

    fn confirmed_on(&self) -> String {
        let known = self.order.confirmed_on.map(|day| day.to_string());
        self.typed.or("confirmed_on", known.unwrap_or_default())
    }

    fn answer(self, htmx: &Htmx) -> Result {
        if htmx.targets("dialog-content") {
            html::page(InDialog { page: &self })
        } else if htmx.targets("effects") {
            html::page(self.as_weighed())
        } else {
            html::page(self)
        }
    }

    fn complain(mut self, htmx: &Htmx, errors: FieldErrors) -> Result {
        self.errors = errors;
        if htmx.asks() {
            html::invalid(self.as_form())
        } else {
            html::invalid(self)
        }
    }
}

#[get("/purchase-orders/{id:\\d+}/confirmation")]
async fn ask_confirm(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    _: Manager,
    id: Path<PurchaseOrderId>,
    query: Query<Vec<(String, String)>>,
) -> Result {
    let typed = Typed::of(query.into_inner());
    Decide::load(&db, shell, *id, Decision::Confirm, typed)
        .await?
        .answer(&htmx)
}

#[post("/purchase-orders/{id:\\d+}/confirmation")]
async fn confirm(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    Manager(buyer): Manager,
    id: Path<PurchaseOrderId>,
    form: Form<Vec<(String, String)>>,
) -> Result {
    let (id, typed) = (*id, Typed::of(form.into_inner()));
    let day = date(typed.get("confirmed_on")).map_err(|why| FieldErrors::one("confirmed_on", why));
    let confirmed = db
        .write(&buyer, move |act| {
            let (by, at) = (Some(buyer.id), Utc::now());
            let day = day.clone()?;
            Ok((purchasing::confirm(act, id, day, by, at)?, day))
        })
        .await;
    match confirmed {
        Ok((order, day)) => {
            let day = dates::day(&day);
            htmx.go_saying(
                order.path(),
                format!("{} is confirmed for {day}.", order.number),
            )
        }
        Err(Error::Invalid(errors)) => Decide::load(&db, shell, id, Decision::Confirm, typed)
            .await?
            .complain(&htmx, errors),
        Err(error) => Err(error),
    }
}

#[get("/purchase-orders/{id:\\d+}/cancellation")]
async fn ask_cancel(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    _: Manager,
    id: Path<PurchaseOrderId>,
) -> Result {
    Decide::load(&db, shell, *id, Decision::Cancel, Typed::default())
        .await?
        .answer(&htmx)
}

#[post("/purchase-orders/{id:\\d+}/cancellation")]
async fn cancel(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    Manager(buyer): Manager,
    id: Path<PurchaseOrderId>,
    form: Form<Vec<(String, String)>>,
) -> Result {
    let (id, typed) = (*id, Typed::of(form.into_inner()));
    let reason =
        optional_text(typed.get("reason"), 500).map_err(|why| FieldErrors::one("reason", why));
    let cancelled = db
        .write(&buyer, move |act| {
            let (by, at) = (Some(buyer.id), Utc::now());
            Ok(purchasing::cancel(act, id, &reason.clone()?, by, at)?)
        })
        .await;
    match cancelled {
        Ok(order) => htmx.go_saying(order.path(), format!("{} is cancelled.", order.number)),
        Err(Error::Invalid(errors)) => Decide::load(&db, shell, id, Decision::Cancel, typed)
            .await?
            .complain(&htmx, errors),
        Err(error) => Err(error),
    }
}
