//! A parcel is given up, or taken back that had not left.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use diesel::PgConnection;

use crate::preparation::{self, queries};
use crate::stock::pages::Decision;
use crate::types::{Fields, ShipmentId};
use crate::web::{Desk, Go, Result, Sheet, SignedIn};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(ask_given_back)
        .service(given_back)
        .service(ask_taken_back)
        .service(taken_back);
}

fn giving_back(conn: &mut PgConnection, sheet: Sheet, id: ShipmentId) -> Result<Decision> {
    let parcel = queries::parcel(conn, id)?;
    let (number, path) = (&parcel.shipment.number, parcel.shipment.path());
    let title = format!("Give {number} back");
    Ok(Decision::new(sheet, title, format!("{path}/given-back"))
        .about(number, path)
        .meaning(format!(
            "Its units go back to the queue, and order {} has its old place there. The parcel itself \
             is over.",
            parcel.order_number
        ))
        .unweighed()
        .without_reason()
        .button("Give back")
        .or_leave("Keep the parcel"))
}

#[get("/shipments/{id}/given-back")]
async fn ask_given_back(desk: Desk<SignedIn>, id: Path<ShipmentId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| giving_back(conn, sheet, *id))
        .await
}

#[post("/shipments/{id}/given-back")]
async fn given_back(desk: Desk<SignedIn>, id: Path<ShipmentId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, _| {
        let parcel = preparation::give_back(act, id)?;
        Ok(Go::from(parcel.record()).saying("The units are back in the queue."))
    })
    .or_again(move |conn, sheet| giving_back(conn, sheet, id))
    .await
}

fn taking_back(conn: &mut PgConnection, sheet: Sheet, id: ShipmentId) -> Result<Decision> {
    let parcel = queries::parcel(conn, id)?;
    let (number, path) = (&parcel.shipment.number, parcel.shipment.path());
    let title = format!("{number} did not leave");
    Ok(Decision::new(sheet, title, format!("{path}/taken-back"))
        .about(number, path)
        .meaning(format!(
            "It stands packed here again, its units are in stock and kept for it, and order {} is open again.",
            parcel.order_number
        ))
        .unweighed()
        .without_reason()
        .button("Take back")
        .or_leave("It left"))
}

#[get("/shipments/{id}/taken-back")]
async fn ask_taken_back(desk: Desk<SignedIn>, id: Path<ShipmentId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| taking_back(conn, sheet, *id))
        .await
}

#[post("/shipments/{id}/taken-back")]
async fn taken_back(desk: Desk<SignedIn>, id: Path<ShipmentId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, _| {
        let parcel = preparation::take_back(act, id)?;
        Ok(Go::from(parcel.record()).saying("It stands packed here again."))
    })
    .or_again(move |conn, sheet| taking_back(conn, sheet, id))
    .await
}
