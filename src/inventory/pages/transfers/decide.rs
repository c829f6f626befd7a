//! A transfer is expected on another day, a draft is cancelled: first what it would do, then why.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use diesel::prelude::*;

use super::typed_day;
use crate::inventory::{Transfer, cancel_transfer, expect_transfer, preview_expected};
use crate::stock::pages::{Decision, Question};
use crate::types::{FieldErrors, Fields, TransferId, clock, date, dates, optional_text};
use crate::web::{Desk, Go, Manager, Result, Sheet};

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(ask_day)
        .service(expect)
        .service(ask_cancel)
        .service(cancel);
}

/// What a day would do is told once one is typed.
fn another_day(conn: &mut PgConnection, sheet: Sheet, id: TransferId) -> Result<Decision> {
    let transfer: Transfer = Transfer::query().find(id).first(conn)?;
    let (path, typed) = (transfer.path(), date(sheet.typed.get("expected_on")));
    let decision = Decision::new(sheet, "It comes on another day", format!("{path}/day"))
        .about(&transfer.number, path)
        .asking(Question::Day {
            name: "expected_on",
            label: "Expected on",
            hint: "Every order that waits for it gets this date.",
            value: typed_day(transfer.expected_on),
        })
        .reason_if_any()
        .button("Change the day");
    let Ok(day) = typed else {
        return Ok(decision);
    };
    Ok(decision.weighing(preview_expected(conn, id, day, clock::now())?))
}

#[get("/transfers/{id:\\d+}/day")]
async fn ask_day(desk: Desk<Manager>, id: Path<TransferId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| another_day(conn, sheet, *id))
        .await
}

#[post("/transfers/{id:\\d+}/day")]
async fn expect(desk: Desk<Manager>, id: Path<TransferId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        let mut read = form.read();
        let day = read.note("expected_on", date);
        let reason = read.note("reason", |text| optional_text(text, 500));
        let (Some(day), Some(reason)) = (day, reason) else {
            return Err(read.wrong().into());
        };
        let transfer = expect_transfer(act, id, day, &reason)?;
        let said = format!("{} is expected on {}.", transfer.number, dates::day(&day));
        Ok(Go::from(transfer.record()).saying(said))
    })
    .or_again(move |conn, sheet| another_day(conn, sheet, id))
    .await
}

fn cancellation(conn: &mut PgConnection, sheet: Sheet, id: TransferId) -> Result<Decision> {
    let transfer: Transfer = Transfer::query().find(id).first(conn)?;
    let (number, path) = (&transfer.number, transfer.path());
    let action = format!("{path}/cancellation");
    Ok(Decision::new(sheet, format!("Cancel {number}"), action)
        .about(number, path)
        .meaning("Nothing of it will be sent.")
        .unweighed()
        .reason_if_any()
        .or_leave("Keep it")
        .dangerous("Cancel transfer"))
}

#[get("/transfers/{id:\\d+}/cancellation")]
async fn ask_cancel(desk: Desk<Manager>, id: Path<TransferId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| cancellation(conn, sheet, *id))
        .await
}

#[post("/transfers/{id:\\d+}/cancellation")]
async fn cancel(desk: Desk<Manager>, id: Path<TransferId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        let reason = optional_text(form.get("reason"), 500);
        let reason = reason.map_err(|why| FieldErrors::one("reason", why))?;
        let transfer = cancel_transfer(act, id, &reason)?;
        Ok(Go::from(transfer.record()).saying(format!("{} is cancelled.", transfer.number)))
    })
    .or_again(move |conn, sheet| cancellation(conn, sheet, id))
    .await
}
