//! Ships a line from another warehouse: where, and who would gain and lose by it, before it is done.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use diesel::prelude::*;

use crate::catalog;
use crate::sales::queries::{self, Elsewhere, LineShown};
use crate::sales::{self, Error};
use crate::stock::pages::{Decision, Question};
use crate::types::{
    FieldErrors, Fields, OrderId, OrderLineId, RecordRef, WarehouseId, optional_text,
};
use crate::web::{Desk, Go, Result, Sheet, SignedIn};

pub fn routes(config: &mut ServiceConfig) {
    config.service(ask).service(reroute);
}

type Line = Path<(OrderId, OrderLineId)>;

fn rerouting(
    conn: &mut PgConnection,
    sheet: Sheet,
    (id, line): (OrderId, OrderLineId),
) -> Result<Decision> {
    let order = queries::order(conn, id)?;
    let shown = queries::line_of(conn, id, line)?;
    let free = queries::elsewhere(conn, id, &[line])?.remove(&line);
    let choices = choices(conn, &shown, &free.unwrap_or_default())?;
    let first = choices
        .first()
        .map_or_else(String::new, |(id, _)| id.clone());
    let chosen = sheet.typed.or("warehouse", &first).parse::<WarehouseId>();
    let path = order.path();
    let action = format!("{path}/lines/{line}/warehouse");
    let decision = Decision::new(sheet, format!("Ship {} from elsewhere", shown.sku), action)
        .about(&order.number, path)
        .meaning(format!(
            "{} of {} are to ship from {}. They leave its queue and take their turn in that of \
             another warehouse.",
            shown.line.to_ship(),
            shown.name,
            shown.warehouse
        ))
        .asking(Question::Choice {
            name: "warehouse",
            label: "Ship from",
            hint: "Warehouses that ship orders, with what lies free there",
            kept: first,
            of: choices,
        })
        .reason_if_any()
        .button("Ship from there");
    let Ok(chosen) = chosen else {
        return Ok(decision);
    };
    match sales::preview_reroute(conn, id, line, chosen) {
        Ok(effects) => Ok(decision.weighing(effects)),
        Err(Error::Stock(refusal)) => decision.weighing_or_refused(Err(refusal)),
        Err(Error::ShipsThere(_)) => Ok(decision),
        Err(error) => Err(error.into()),
    }
}

/// Where the line could be shipped from: first where most of it lies free.
fn choices(
    conn: &mut PgConnection,
    shown: &LineShown,
    free: &[Elsewhere],
) -> QueryResult<Vec<(String, String)>> {
    let all = catalog::warehouses(conn)?.into_iter();
    let others = all.filter(|each| each.ships() && each.id != shown.line.warehouse_id);
    let mut others: Vec<_> = others
        .map(|each| {
            let at = free.iter().position(|there| there.warehouse_id == each.id);
            let words = match at {
                Some(at) => format!("{}, {} free", each.name, free[at].free),
                None => each.name,
            };
            (at.unwrap_or(usize::MAX), each.id.to_string(), words)
        })
        .collect();
    others.sort_by_key(|(at, ..)| *at);
    let others = others.into_iter();
    Ok(others.map(|(_, id, words)| (id, words)).collect())
}

#[get("/orders/{id:\\d+}/lines/{line:\\d+}/warehouse")]
async fn ask(desk: Desk<SignedIn>, path: Line, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| rerouting(conn, sheet, *path))
        .await
}

#[post("/orders/{id:\\d+}/lines/{line:\\d+}/warehouse")]
async fn reroute(desk: Desk<SignedIn>, path: Line, form: Fields) -> Result {
    let (id, line) = *path;
    desk.once(form, move |act, form| {
        let to = form.get("warehouse").parse::<WarehouseId>();
        let to = to.map_err(|_| FieldErrors::one("warehouse", "Choose a warehouse."));
        let reason = optional_text(form.get("reason"), 500);
        let reason = reason.map_err(|why| FieldErrors::one("reason", why));
        let (to, reason) = FieldErrors::both(to, reason)?;
        sales::reroute(act, id, line, to, &reason)?;
        let order = RecordRef::Order(id);
        Ok(Go::from(order)
            .saying("The line ships from there now, and both queues were served anew."))
    })
    .or_again(move |conn, sheet| rerouting(conn, sheet, (id, line)))
    .await
}
