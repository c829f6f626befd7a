//! Orders are taken into preparation: one, or all that are chosen.

use actix_web::post;
use actix_web::web::ServiceConfig;

use super::said::Said;
use super::tabs::path;
use crate::db::Act;
use crate::preparation::forms::{self, Chosen};
use crate::preparation::{Error, Tab, prepare, prepare_all};
use crate::types::{Fields, RecordRef};
use crate::web::{Desk, Go, Result, SignedIn};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(begin);
}

pub(super) const PREPARED: Said = Said {
    done: "in preparation",
    nothing: "No order was taken into preparation.",
};

#[post("/shipments")]
async fn begin(desk: Desk<SignedIn>, form: Fields) -> Result {
    desk.once(form, |act, form| Ok(take(act, &forms::chosen(form)?)?))
        .await
}

/// One order is refused with its reason, and leads to its parcel; of several, those that can be
/// taken are.
fn take(act: &mut Act<'_>, chosen: &Chosen) -> Result<Go, Error> {
    match chosen.orders[..] {
        [] => Err(Error::NothingChosen),
        [order] => {
            let parcel = prepare(act, order, chosen.warehouse)?;
            Ok(Go::from(RecordRef::Shipment(parcel)))
        }
        _ => {
            let prepared = prepare_all(act, &chosen.orders, chosen.warehouse)?;
            let said = PREPARED.of(act, prepared.begun.len(), &prepared.refused)?;
            Ok(Go::to(path(chosen.warehouse, Tab::InProgress)).saying(said))
        }
    }
}
