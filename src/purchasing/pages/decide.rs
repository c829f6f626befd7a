//! A date is confirmed, an order cancelled: first what it would do, then the decision.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use diesel::prelude::*;

use super::shown;
use crate::purchasing::{self, PurchaseOrder, Status};
use crate::stock::pages::{Decision, Question};
use crate::types::{FieldErrors, Fields, PurchaseOrderId, clock, date, dates, optional_text};
use crate::web::{Desk, Go, Manager, Result, Sheet};

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(ask_confirm)
        .service(confirm)
        .service(ask_cancel)
        .service(cancel);
}

/// What a date would do is told once one is typed.
fn confirmation(conn: &mut PgConnection, sheet: Sheet, id: PurchaseOrderId) -> Result<Decision> {
    let order = PurchaseOrder::query().find(id).first(conn)?;
    let (path, typed) = (order.path(), date(sheet.typed.get("confirmed_on")));
    let title = "The supplier confirms a date";
    let decision = Decision::new(sheet, title, format!("{path}/confirmation"))
        .about(&order.number, path)
        .asking(Question::Day {
            name: "confirmed_on",
            label: "Confirmed for",
            hint: "Every order that waits for it gets this date, except for lines the supplier gave a date of their own.",
            value: shown(order.confirmed_on),
        })
        .without_reason()
        .button("Confirm");
    let Ok(day) = typed else {
        return Ok(decision);
    };
    Ok(decision.weighing(purchasing::preview_confirm(conn, id, day, clock::now())?))
}

#[get("/purchase-orders/{id:\\d+}/confirmation")]
async fn ask_confirm(desk: Desk<Manager>, id: Path<PurchaseOrderId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| confirmation(conn, sheet, *id))
        .await
}

#[post("/purchase-orders/{id:\\d+}/confirmation")]
async fn confirm(desk: Desk<Manager>, id: Path<PurchaseOrderId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        let day = date(form.get("confirmed_on"));
        let day = day.map_err(|why| FieldErrors::one("confirmed_on", why))?;
        let order = purchasing::confirm(act, id, day)?;
        let sentence = format!("{} is confirmed for {}.", order.number, dates::day(&day));
        Ok(Go::from(order.record()).saying(sentence))
    })
    .or_again(move |conn, sheet| confirmation(conn, sheet, id))
    .await
}

fn cancellation(conn: &mut PgConnection, sheet: Sheet, id: PurchaseOrderId) -> Result<Decision> {
    let order = PurchaseOrder::query().find(id).first(conn)?;
    let (number, path) = (&order.number, order.path());
    let decision = Decision::new(
        sheet,
        format!("Cancel {number}"),
        format!("{path}/cancellation"),
    )
    .about(number, path)
    .reason_if_any()
    .or_leave("Keep it");
    if order.status == Status::Draft {
        return Ok(decision
            .meaning("Nothing of it will be ordered.")
            .dangerous("Cancel order"));
    }
    Ok(decision
        .meaning(
            "What has not arrived is not incoming any more; orders that wait for it need it again.",
        )
        .weighing(purchasing::preview_cancel(conn, id, clock::now())?)
        .dangerous("Cancel the rest"))
}

#[get("/purchase-orders/{id:\\d+}/cancellation")]
async fn ask_cancel(desk: Desk<Manager>, id: Path<PurchaseOrderId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| cancellation(conn, sheet, *id))
        .await
}

#[post("/purchase-orders/{id:\\d+}/cancellation")]
async fn cancel(desk: Desk<Manager>, id: Path<PurchaseOrderId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        let reason = optional_text(form.get("reason"), 500);
        let reason = reason.map_err(|why| FieldErrors::one("reason", why))?;
        let order = purchasing::cancel(act, id, &reason)?;
        Ok(Go::from(order.record()).saying(format!("{} is cancelled.", order.number)))
    })
    .or_again(move |conn, sheet| cancellation(conn, sheet, id))
    .await
}
