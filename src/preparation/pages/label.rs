//! Who is to carry a parcel, and under which number, before it leaves.

use actix_web::post;
use actix_web::web::{Path, ServiceConfig};
use diesel::prelude::*;

use super::shipments::DepartureForm;
use crate::preparation::queries::{self, Parcel};
use crate::preparation::{self, forms};
use crate::types::{Fields, ShipmentId};
use crate::web::{Desk, Go, Result, SignedIn};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(label);
}

/// What stands in the form a parcel leaves by: what it is labelled with, else who takes what is sent as
/// its order is.
pub(super) fn of(conn: &mut PgConnection, parcel: &Parcel) -> QueryResult<Fields> {
    let shipment = &parcel.shipment;
    let carrier = match shipment.carrier.as_str() {
        "" => queries::carrier_of(conn, &parcel.shipping_method)?,
        labelled => labelled.to_owned(),
    };
    let typed = Fields::default().with("carrier", carrier);
    Ok(typed.with("tracking", &shipment.tracking_number))
}

#[post("/shipments/{id}/label")]
async fn label(desk: Desk<SignedIn>, id: Path<ShipmentId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        let labelled = preparation::label(act, id, &forms::departure(form)?)?;
        Ok(Go::from(labelled.record()).saying("The parcel is labelled; it has not left yet."))
    })
    .or_again(move |conn, sheet| DepartureForm::again(conn, sheet, id))
    .await
}
