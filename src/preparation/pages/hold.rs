//! An order is stopped: what becomes of its parcels, and why.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use diesel::prelude::*;

use crate::preparation::{self, Parcels};
use crate::sales;
use crate::stock::pages::{Decision, Question};
use crate::stock::{self, InParcel};
use crate::types::{Fields, OrderId, RecordRef};
use crate::web::{Desk, Go, Result, Sheet, SignedIn};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(ask).service(hold);
}

fn chosen(form: &Fields) -> Option<Parcels> {
    form.get("parcels").parse().ok()
}

fn holding(conn: &mut PgConnection, sheet: Sheet, id: OrderId) -> Result<Decision> {
    let order = sales::order(conn, id)?;
    let (number, path) = (&order.number, order.path());
    let in_parcels = stock::in_parcels(conn, id)?;
    let effects = preparation::preview_hold(conn, &[id], chosen(&sheet.typed))?;
    let decision = Decision::new(sheet, format!("Hold {number}"), format!("{path}/hold"))
        .about(number, path)
        .meaning(meaning(&in_parcels))
        .weighing(effects)
        .button("Hold");
    if in_parcels.is_empty() {
        return Ok(decision);
    }
    Ok(decision.asking(Parcels::question()))
}

impl Parcels {
    /// What becomes of what is in parcels.
    pub(super) fn question() -> Question {
        let of = Self::ALL.iter();
        Question::Choice {
            name: "parcels",
            label: "What is being prepared",
            hint: "What is given back keeps its place in the queue",
            kept: Self::GoOn.to_string(),
            of: of
                .map(|each| (each.to_string(), each.label().into()))
                .collect(),
        }
    }
}

fn meaning(in_parcels: &[InParcel]) -> String {
    let meaning = "No parcel is made of an order on hold. It keeps its place in the queue.";
    match stock::lines_in_words(in_parcels).as_str() {
        "" => meaning.to_owned(),
        words => format!("{meaning} Being prepared now: {words}."),
    }
}

#[get("/orders/{id:\\d+}/hold")]
async fn ask(desk: Desk<SignedIn>, id: Path<OrderId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| holding(conn, sheet, *id))
        .await
}

#[post("/orders/{id:\\d+}/hold")]
async fn hold(desk: Desk<SignedIn>, id: Path<OrderId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        preparation::hold(act, id, chosen(form), &form.reason()?)?;
        Ok(Go::from(RecordRef::Order(id)).saying("The order is on hold."))
    })
    .or_again(move |conn, sheet| holding(conn, sheet, id))
    .await
}
