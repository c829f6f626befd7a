//! Orders are taken into preparation: one, or all that are chosen.

use actix_web::post;
use actix_web::web::{Data, Form, ServiceConfig};
use chrono::Utc;
use diesel::prelude::*;

use super::tabs::path;
use crate::db::{Act, Db};
use crate::preparation::forms::{Chosen, PrepareForm};
use crate::preparation::tabs::Tab;
use crate::preparation::{self, actions, queries};
use crate::types::{OrderId, RecordRef, UserId};
use crate::web::{Htmx, Result, SignedIn};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(prepare);
}

#[post("/shipments")]
async fn prepare(
    db: Data<Db>,
    htmx: Htmx,
    SignedIn(visitor): SignedIn,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result {
    let chosen = PrepareForm(pairs).parse()?;
    let (path, said) = db
        .write(&visitor, move |act| Ok(take(act, &chosen, visitor.id)?))
        .await?;
    match said {
        Some(sentence) => htmx.go_saying(path, sentence),
        None => htmx.go(path),
    }
}

/// One order is refused with its reason; of several, those that can be taken are.
fn take(
    act: &mut Act<'_>,
    chosen: &Chosen,
    operator: UserId,
) -> Result<(String, Option<String>), preparation::Error> {
    let (warehouse, at) = (chosen.warehouse, Utc::now());
    let mut said = None;
    let path = act.once(&chosen.key, |act| match chosen.orders[..] {
        [] => Err(preparation::Error::NothingChosen),
        [order] => {
            let shipment = actions::prepare(act, order, warehouse, operator, at)?;
            Ok(RecordRef::Shipment(shipment).path())
        }
        _ => {
            let batch = actions::prepare_all(act, &chosen.orders, warehouse, operator, at)?;
            said = Some(summary(act, &batch)?);
            Ok(path(warehouse, Tab::InProgress))
        }
    })?;
    Ok((path, said))
}

fn summary(conn: &mut PgConnection, batch: &actions::Batch) -> QueryResult<String> {
    const NAMED: usize = 3;
    let mut words = match batch.begun.len() {
        0 => "No order was taken into preparation.".to_owned(),
        1 => "1 order is in preparation.".to_owned(),
        many => format!("{many} orders are in preparation."),
    };
    let ids = batch.refused.iter().map(|(order, _)| *order);
    let numbers = queries::numbers(conn, ids.collect::<Vec<OrderId>>())?;
    for (order, why) in batch.refused.iter().take(NAMED) {
        let number = numbers.get(order).map_or("", String::as_str);
        let why = why.to_string();
        if why.contains(number) {
            words = format!("{words} {why}");
        } else {
            words = format!("{words} {number}: {why}");
        }
    }
    match batch.refused.len().saturating_sub(NAMED) {
        0 => {}
        more => words = format!("{words} And {more} more could not be taken."),
    }
    Ok(words)
}
