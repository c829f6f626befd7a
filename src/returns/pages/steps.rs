//! What is done with a return: scanned, received, given up, replaced.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use diesel::PgConnection;

use super::show::ShowReturn;
use crate::returns::queries;
use crate::returns::{self, forms};
use crate::stock::pages::Decision;
use crate::types::{Fields, RecordRef, ReturnId};
use crate::web::{Desk, Go, MayReceive, Result, Right, Sheet, SignedIn};

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(scan)
        .service(receive)
        .service(ask_cancelled)
        .service(cancel)
        .service(replace);
}

/// What was typed beside is kept with what is scanned.
#[post("/returns/{id:\\d+}/scans")]
async fn scan(desk: Desk<MayReceive>, id: Path<ReturnId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        returns::save(act, id, &forms::receiving(form)?.lines)?;
        let now = returns::scan(act, id, &forms::code(form)?)?;
        Ok(Go::from(RecordRef::Return(id)).saying(format!("{}: {} counted.", now.sku, now.good)))
    })
    .in_place()
    .or_again(move |conn, sheet| ShowReturn::load(conn, sheet, id))
    .await
}

#[post("/returns/{id:\\d+}/receipt")]
async fn receive(desk: Desk<MayReceive>, id: Path<ReturnId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        returns::receive(act, id, &forms::receiving(form)?)?;
        Ok(Go::from(RecordRef::Return(id)).saying("The return is received."))
    })
    .or_again(move |conn, sheet| ShowReturn::load(conn, sheet, id))
    .await
}

fn cancelling(conn: &mut PgConnection, sheet: Sheet, id: ReturnId) -> Result<Decision> {
    let of = queries::one(conn, id)?;
    let title = format!("Give {} up", of.number);
    Ok(
        Decision::new(sheet, title, format!("{}/cancellation", of.path()))
            .about(&of.number, of.path())
            .meaning("Nothing comes back by it: nobody waits for its units any more.")
            .unweighed()
            .button("Give up")
            .or_leave("Keep the return"),
    )
}

#[get("/returns/{id:\\d+}/cancellation")]
async fn ask_cancelled(desk: Desk<SignedIn>, id: Path<ReturnId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| cancelling(conn, sheet, *id))
        .await
}

#[post("/returns/{id:\\d+}/cancellation")]
async fn cancel(desk: Desk<SignedIn>, id: Path<ReturnId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        returns::cancel(act, id, &form.reason()?)?;
        Ok(Go::from(RecordRef::Return(id)).saying("The return is given up."))
    })
    .or_again(move |conn, sheet| cancelling(conn, sheet, id))
    .await
}

/// What is replaced already leads to the order that does it.
#[post("/returns/{id:\\d+}/replacement")]
async fn replace(desk: Desk<SignedIn>, id: Path<ReturnId>, form: Fields) -> Result {
    let (id, is_free) = (*id, desk.visitor().may(Right::CancelUnits));
    desk.once(form, move |act, form| {
        let order = returns::replace(act, id, &forms::replacement(form)?, is_free)?;
        Ok(Go::from(RecordRef::Order(order)).saying("This order sends the customer others."))
    })
    .or_again(move |conn, sheet| ShowReturn::load(conn, sheet, id))
    .await
}
