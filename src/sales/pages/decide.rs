//! Hold, release, cancel: each a short form in a dialog, or on a page of its own.

use actix_web::web::{Data, Form, Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::Utc;
use diesel::prelude::*;

use crate::db::Db;
use crate::error::Error;
use crate::sales::forms::ReasonForm;
use crate::sales::queries::{self, LineShown};
use crate::sales::{self, Order};
use crate::types::{FieldErrors, OrderId, OrderLineId};
use crate::web::{Htmx, Manager, Result, Shell, SignedIn, html};

/// Where they are.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(ask_hold)
        .service(hold)
        .service(release)
        .service(ask_cancel)
        .service(cancel)
        .service(ask_cancel_line)
        .service(cancel_line);
}

/// What is about to be done.
enum Decision {
    Hold,
    Cancel,
    CancelLine(Box<LineShown>),
}

#[derive(Template)]
#[template(path = "sales/orders/decide.html", blocks = ["form"])]
struct Decide {
    shell: Shell,
    order: Order,
    decision: Decision,
    form: ReasonForm,
    errors: FieldErrors,
}

/// The form alone, in the dialog of the page it was opened from.
#[derive(Template)]
#[template(path = "sales/orders/decide_dialog.html")]
struct InDialog<'a> {
    page: &'a Decide,
}

impl Decide {
    fn load(
        conn: &mut PgConnection,
        shell: Shell,
        id: OrderId,
        decide: impl FnOnce(&mut PgConnection) -> QueryResult<Decision>,
    ) -> Result<Self> {
        let decision = decide(conn)?;
        let mut form = ReasonForm::default();
        if let Decision::CancelLine(line) = &decision {
            form.quantity = line.line.to_ship().less(line.taken()).to_string();
        }
        Ok(Self {
            order: queries::order(conn, id)?,
            errors: FieldErrors::default(),
            shell,
            decision,
            form,
        })
    }

    fn title(&self) -> String {
        match &self.decision {
            Decision::Hold => format!("Hold {}", self.order.number),
            Decision::Cancel => format!("Cancel {}", self.order.number),
            Decision::CancelLine(line) => format!("Cancel units of {}", line.sku),
        }
    }

    /// Where the form goes.
    fn action(&self) -> String {
        let order = self.order.path();
        match &self.decision {
            Decision::Hold => format!("{order}/hold"),
            Decision::Cancel => format!("{order}/cancellation"),
            Decision::CancelLine(line) => format!("{order}/lines/{}/cancellation", line.line.id),
        }
    }

    /// What the button says.
    fn verb(&self) -> &'static str {
        match self.decision {
            Decision::Hold => "Hold",
            Decision::Cancel => "Cancel the order",
            Decision::CancelLine(_) => "Cancel units",
        }
    }

    fn is_hold(&self) -> bool {
        matches!(self.decision, Decision::Hold)
    }

    fn line(&self) -> Option<&LineShown> {
        match &self.decision {
            Decision::CancelLine(line) => Some(line),
            _ => None,
        }
    }

    fn answer(self, htmx: &Htmx) -> Result {
        if htmx.targets("dialog-content") {
            html::page(InDialog { page: &self })
        } else {
            html::page(self)
        }
    }

    fn complain(mut self, htmx: &Htmx, form: ReasonForm, errors: FieldErrors) -> Result {
        self.form = form;
        self.errors = errors;
        if htmx.asks() {
            html::invalid(self.as_form())
        } else {
            html::invalid(self)
        }
    }
}

fn line(conn: &mut PgConnection, id: OrderId, line: OrderLineId) -> QueryResult<Decision> {
    let shown = queries::line_of(conn, id, line)?;
    Ok(Decision::CancelLine(Box::new(shown)))
}

#[get("/orders/{id:\\d+}/hold")]
async fn ask_hold(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    _: SignedIn,
    id: Path<OrderId>,
) -> Result {
    db.read(move |conn| Decide::load(conn, shell, *id, |_| Ok(Decision::Hold)))
        .await?
        .answer(&htmx)
}

#[post("/orders/{id:\\d+}/hold")]
async fn hold(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    who: SignedIn,
    id: Path<OrderId>,
    form: Form<ReasonForm>,
) -> Result {
    let (id, form, by) = (*id, form.into_inner(), who.0.id);
    let reason = form.reason();
    let outcome = db
        .write(&who, move |act| {
            Ok(sales::hold(
                act,
                id,
                &reason.clone()?,
                Some(by),
                Utc::now(),
            )?)
        })
        .await;
    match outcome {
        Ok(()) => htmx.go_saying(format!("/orders/{id}"), "The order is on hold."),
        Err(Error::Invalid(errors)) => db
            .read(move |conn| Decide::load(conn, shell, id, |_| Ok(Decision::Hold)))
            .await?
            .complain(&htmx, form, errors),
        Err(error) => Err(error),
    }
}

#[post("/orders/{id:\\d+}/release")]
async fn release(db: Data<Db>, htmx: Htmx, who: SignedIn, id: Path<OrderId>) -> Result {
    let (id, by) = (*id, who.0.id);
    db.write(&who, move |act| {
        Ok(sales::release(act, id, Some(by), Utc::now())?)
    })
    .await?;
    htmx.go_saying(format!("/orders/{id}"), "The order goes on.")
}

#[get("/orders/{id:\\d+}/cancellation")]
async fn ask_cancel(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    _: Manager,
    id: Path<OrderId>,
) -> Result {
    db.read(move |conn| Decide::load(conn, shell, *id, |_| Ok(Decision::Cancel)))
        .await?
        .answer(&htmx)
}

#[post("/orders/{id:\\d+}/cancellation")]
async fn cancel(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    manager: Manager,
    id: Path<OrderId>,
    form: Form<ReasonForm>,
) -> Result {
    let (id, form, by) = (*id, form.into_inner(), manager.0.id);
    let reason = form.reason();
    let outcome = db
        .write(&manager, move |act| {
            Ok(sales::cancel(
                act,
                id,
                &reason.clone()?,
                Some(by),
                Utc::now(),
            )?)
        })
        .await;
    match outcome {
        Ok(()) => htmx.go_saying(
            format!("/orders/{id}"),
            "What was left to ship is cancelled, and its stock went to those who waited.",
        ),
        Err(Error::Invalid(errors)) => db
            .read(move |conn| Decide::load(conn, shell, id, |_| Ok(Decision::Cancel)))
            .await?
            .complain(&htmx, form, errors),
        Err(error) => Err(error),
    }
}

#[get("/orders/{id:\\d+}/lines/{line:\\d+}/cancellation")]
async fn ask_cancel_line(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    _: Manager,
    path: Path<(OrderId, OrderLineId)>,
) -> Result {
    let (id, of) = *path;
    db.read(move |conn| Decide::load(conn, shell, id, |conn| line(conn, id, of)))
        .await?
        .answer(&htmx)
}

#[post("/orders/{id:\\d+}/lines/{line:\\d+}/cancellation")]
async fn cancel_line(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    manager: Manager,
    path: Path<(OrderId, OrderLineId)>,
    form: Form<ReasonForm>,
) -> Result {
    let ((id, of), form, by) = (*path, form.into_inner(), manager.0.id);
    let input = form.of_units();
    let outcome = db
        .write(&manager, move |act| {
            let (reason, quantity) = input.clone()?;
            let now = Utc::now();
            Ok(sales::cancel_line(
                act,
                id,
                of,
                quantity,
                &reason,
                Some(by),
                now,
            )?)
        })
        .await;
    match outcome {
        Ok(()) => htmx.go_saying(format!("/orders/{id}"), "The units are cancelled."),
        Err(Error::Invalid(errors)) => db
            .read(move |conn| Decide::load(conn, shell, id, |conn| line(conn, id, of)))
            .await?
            .complain(&htmx, form, errors),
        Err(error) => Err(error),
    }
}
