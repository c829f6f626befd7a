//! A reception is reversed: first who would become short by it, then why.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use diesel::prelude::*;

use crate::purchasing::{self, queries};
use crate::stock::pages::Decision;
use crate::types::{Fields, ReceptionId, RecordRef, clock};
use crate::web::{Desk, Go, Manager, Result, Sheet};

pub fn routes(config: &mut ServiceConfig) {
    config.service(ask).service(reverse);
}

fn decision(conn: &mut PgConnection, sheet: Sheet, id: ReceptionId) -> Result<Decision> {
    let reception = queries::reception(conn, id)?;
    let (number, path) = (&reception.number, reception.path());
    Ok(Decision::new(
        sheet,
        format!("Reverse {number}"),
        format!("{path}/reversal"),
    )
    .about(number, path)
    .meaning(
        "Its goods are taken back out of stock, by the opposite movements, and the queues \
                 are served anew.",
    )
    .weighing(purchasing::preview_reversal(conn, id, clock::now())?)
    .dangerous("Reverse")
    .or_leave("Keep it"))
}

#[get("/receptions/{id:\\d+}/reversal")]
async fn ask(desk: Desk<Manager>, id: Path<ReceptionId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| decision(conn, sheet, *id))
        .await
}

#[post("/receptions/{id:\\d+}/reversal")]
async fn reverse(desk: Desk<Manager>, id: Path<ReceptionId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        purchasing::reverse(act, id, &form.reason()?)?;
        Ok(Go::from(RecordRef::Reception(id))
            .saying("The reception is reversed: its goods are on their way again."))
    })
    .or_again(move |conn, sheet| decision(conn, sheet, id))
    .await
}
