//! Orders are taken into preparation: one, or all that are chosen.

use actix_web::post;
use actix_web::web::ServiceConfig;
use diesel::prelude::*;

use super::tabs::path;
use crate::db::Act;
use crate::preparation::forms::{self, Chosen};
use crate::preparation::{Error, Prepared, Tab, prepare, prepare_all, queries};
use crate::types::{Fields, OrderId, RecordRef};
use crate::web::{Desk, Go, Result, SignedIn};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(begin);
}

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
            let said = summary(act, &prepared)?;
            Ok(Go::to(path(chosen.warehouse, Tab::InProgress)).saying(said))
        }
    }
}

pub(super) fn summary(conn: &mut PgConnection, prepared: &Prepared) -> QueryResult<String> {
    const NAMED: usize = 3;
    let mut words = match prepared.begun.len() {
        0 => "No order was taken into preparation.".to_owned(),
        1 => "1 order is in preparation.".to_owned(),
        many => format!("{many} orders are in preparation."),
    };
    let ids = prepared.refused.iter().map(|(order, _)| *order);
    let numbers = queries::numbers(conn, ids.collect::<Vec<OrderId>>())?;
    for (order, why) in prepared.refused.iter().take(NAMED) {
        let number = numbers.get(order).map_or("", String::as_str);
        let why = why.to_string();
        let whose = if why.contains(number) {
            String::new()
        } else {
            format!("{number}: ")
        };
        words = format!("{words} {whose}{why}");
    }
    match prepared.refused.len().saturating_sub(NAMED) {
        0 => Ok(words),
        more => Ok(format!("{words} And {more} more could not be taken.")),
    }
}
