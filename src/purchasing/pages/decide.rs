//! Confirm a date, cancel: each a short form in a dialog, or on a page of its own.

use actix_web::web::{Data, Form, Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::Utc;
use diesel::prelude::*;

use crate::db::Db;
use crate::error::Error;
use crate::purchasing::forms::Typed;
use crate::purchasing::{self, PurchaseOrder, Status};
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
#[template(path = "purchasing/orders/decide.html", blocks = ["form"])]
struct Decide {
    shell: Shell,
    order: PurchaseOrder,
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
    async fn load(db: &Db, shell: Shell, id: PurchaseOrderId, decision: Decision) -> Result<Self> {
        Ok(Self {
            order: db
                .read(move |conn| Ok(PurchaseOrder::query().find(id).first(conn)?))
                .await?,
            shell,
            decision,
            typed: Typed::default(),
            errors: FieldErrors::default(),
        })
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
        } else {
            html::page(self)
        }
    }

    fn complain(mut self, htmx: &Htmx, typed: Typed, errors: FieldErrors) -> Result {
        self.typed = typed;
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
) -> Result {
    Decide::load(&db, shell, *id, Decision::Confirm)
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
        .write(move |conn| {
            let (by, at) = (Some(buyer.id), Utc::now());
            let day = day.clone()?;
            Ok((purchasing::confirm(conn, id, day, by, at)?, day))
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
        Err(Error::Invalid(errors)) => Decide::load(&db, shell, id, Decision::Confirm)
            .await?
            .complain(&htmx, typed, errors),
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
    Decide::load(&db, shell, *id, Decision::Cancel)
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
        .write(move |conn| {
            let (by, at) = (Some(buyer.id), Utc::now());
            Ok(purchasing::cancel(conn, id, &reason.clone()?, by, at)?)
        })
        .await;
    match cancelled {
        Ok(order) => htmx.go_saying(order.path(), format!("{} is cancelled.", order.number)),
        Err(Error::Invalid(errors)) => Decide::load(&db, shell, id, Decision::Cancel)
            .await?
            .complain(&htmx, typed, errors),
        Err(error) => Err(error),
    }
}
