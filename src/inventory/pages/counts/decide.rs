//! A count is given up, or what nobody found in it is not there: first what that means.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use diesel::PgConnection;

use crate::inventory::{cancel_count, queries, rest_is_none};
use crate::stock::pages::Decision;
use crate::types::{CountId, FieldErrors, Fields, counted, optional_text};
use crate::web::{Desk, Go, Manager, MayCorrectStock, Result, Sheet};

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(ask_cancel)
        .service(cancel)
        .service(ask_rest)
        .service(rest);
}

fn cancelling(conn: &mut PgConnection, sheet: Sheet, id: CountId) -> Result<Decision> {
    let count = queries::count(conn, id)?;
    let (number, path) = (&count.number, count.path());
    let action = format!("{path}/cancellation");
    Ok(Decision::new(sheet, format!("Give up {number}"), action)
        .about(number, path)
        .meaning(
            "The books stay as they are, whatever was found. What was scanned is kept to be read.",
        )
        .unweighed()
        .reason_if_any()
        .or_leave("Go on counting")
        .dangerous("Give up"))
}

#[get("/counts/{id:\\d+}/cancellation")]
async fn ask_cancel(desk: Desk<Manager>, id: Path<CountId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| cancelling(conn, sheet, *id))
        .await
}

#[post("/counts/{id:\\d+}/cancellation")]
async fn cancel(desk: Desk<Manager>, id: Path<CountId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        let reason = optional_text(form.get("reason"), 500);
        let reason = reason.map_err(|why| FieldErrors::one("reason", why))?;
        let count = cancel_count(act, id, &reason)?;
        Ok(Go::from(count.record()).saying(format!("{} is given up.", count.number)))
    })
    .or_again(move |conn, sheet| cancelling(conn, sheet, id))
    .await
}

fn emptying(conn: &mut PgConnection, sheet: Sheet, id: CountId) -> Result<Decision> {
    let count = queries::count(conn, id)?;
    let left = queries::totals_of(conn, id)?.to_count();
    let (number, path) = (&count.number, count.path());
    let words = format!(
        "{} nobody counted yet. Everything was looked at: nothing of it lies there.",
        counted(left, "line")
    );
    Ok(
        Decision::new(sheet, "Count the rest as 0", format!("{path}/rest"))
            .about(number, path)
            .meaning(words)
            .unweighed()
            .without_reason()
            .button("Count the rest as 0"),
    )
}

#[get("/counts/{id:\\d+}/rest")]
async fn ask_rest(desk: Desk<MayCorrectStock>, id: Path<CountId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| emptying(conn, sheet, *id))
        .await
}

#[post("/counts/{id:\\d+}/rest")]
async fn rest(desk: Desk<MayCorrectStock>, id: Path<CountId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, _| {
        let count = rest_is_none(act, id)?;
        Ok(Go::from(count.record()).saying("The rest is counted as 0."))
    })
    .or_again(move |conn, sheet| emptying(conn, sheet, id))
    .await
}
