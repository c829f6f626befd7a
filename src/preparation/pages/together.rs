//! One thing is done to all orders that are chosen in a list: hold, release, priority, shipping method.

use actix_web::web::ServiceConfig;
use actix_web::{get, post};
use diesel::prelude::*;

use super::named::{Named, back};
use super::said::Said;
use crate::db::Act;
use crate::preparation::{self, Error, Parcels, Together, forms, queries};
use crate::sales;
use crate::stock::pages::{Decision, Question};
use crate::stock::{self, Priority};
use crate::types::{FieldErrors, Fields, OrderId, required_text};
use crate::web::{Desk, Go, MayDecideReserved, Result, Sheet, SignedIn};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(ask_hold)
        .service(hold)
        .service(release)
        .service(ask_priority)
        .service(prioritise)
        .service(ask_method)
        .service(send_by);
}

/// Does it to the orders that a form names, as far as they are those of who acts, and goes back to the
/// list.
fn done(
    act: &mut Act<'_>,
    form: &Fields,
    said: &Said<'_>,
    what: impl FnOnce(&mut Act<'_>, &[OrderId]) -> Result<Together, Error>,
) -> Result<Go> {
    let mut orders = forms::orders(form);
    if orders.is_empty() {
        return Err(Error::NothingChosen.into());
    }
    act.must_see(&orders)?;
    let shared = act.not_whole(&orders)?;
    orders.retain(|order| shared.iter().all(|(other, _)| other != order));
    let mut together = what(act, &orders)?;
    let shared = shared.into_iter();
    let shared = shared.map(|(order, sentence)| (order, Error::NotWhole(sentence)));
    together.refused.extend(shared);
    let said = said.of(act, together.done.len(), &together.refused)?;
    Ok(Go::to(back(form)).saying(said))
}

fn holding(conn: &mut PgConnection, sheet: Sheet) -> Result<Decision> {
    let named = Named::read(conn, &sheet.typed)?;
    let ids = named.ids();
    let parcels = sheet.typed.get("parcels").parse().ok();
    let in_parcels = stock::in_parcels_of(conn, &ids)?;
    let effects = preparation::preview_hold(conn, &ids, parcels)?;
    let meaning = "No parcel is made of an order on hold. It keeps its place in the queue.";
    let decision = named.decision(sheet, "Hold", "/orders/hold", meaning);
    let decision = decision.weighing(effects).button("Hold");
    Ok(match in_parcels.is_empty() {
        true => decision,
        false => decision.asking(Parcels::question()),
    })
}

#[get("/orders/hold")]
async fn ask_hold(desk: Desk<SignedIn>, typed: Fields) -> Result {
    desk.ask(typed, holding).await
}

const HELD: Said<'_> = Said {
    done: "on hold",
    nothing: "No order was put on hold.",
};

#[post("/orders/hold")]
async fn hold(desk: Desk<SignedIn>, form: Fields) -> Result {
    desk.once(form, |act, form| {
        let (reason, parcels) = (form.reason()?, form.get("parcels").parse().ok());
        done(act, form, &HELD, |act, orders| {
            preparation::hold_all(act, orders, parcels, &reason)?.or_asked()
        })
    })
    .staying(true)
    .or_again(holding)
    .await
}

const RELEASED: Said<'_> = Said {
    done: "released",
    nothing: "No order was released.",
};

#[post("/orders/release")]
async fn release(desk: Desk<SignedIn>, form: Fields) -> Result {
    desk.act(form, |act, form| {
        done(act, form, &RELEASED, |act, orders| {
            Ok(sales::release_all(act, orders)?.into())
        })
    })
    .staying(true)
    .await
}

fn prioritising(conn: &mut PgConnection, sheet: Sheet) -> Result<Decision> {
    let named = Named::read(conn, &sheet.typed)?;
    let chosen: Option<Priority> = sheet.typed.get("priority").parse().ok();
    let effects = chosen.map(|chosen| sales::preview_priority(conn, &named.ids(), chosen));
    let decision = named
        .decision(sheet, "Priority of", "/orders/priority", "")
        .asking(Question::Choice {
            name: "priority",
            label: "Priority",
            hint: "Decides before dates and age",
            kept: Priority::Normal.to_string(),
            of: Priority::ALL
                .iter()
                .map(|each| (each.to_string(), each.label().into()))
                .collect(),
        })
        .button("Change");
    match effects {
        None => Ok(decision),
        Some(Ok(effects)) => Ok(decision.weighing(effects)),
        Some(Err(refusal @ sales::Error::SamePriority(_))) => {
            Ok(decision.refused(refusal.to_string()))
        }
        Some(Err(failure)) => Err(failure.into()),
    }
}

#[get("/orders/priority")]
async fn ask_priority(desk: Desk<MayDecideReserved>, typed: Fields) -> Result {
    desk.ask(typed, prioritising).await
}

#[post("/orders/priority")]
async fn prioritise(desk: Desk<MayDecideReserved>, form: Fields) -> Result {
    desk.once(form, |act, form| {
        let priority = form.get("priority").parse::<Priority>();
        let priority = priority.map_err(|_| FieldErrors::one("priority", "Choose a priority."));
        let (priority, reason) = FieldErrors::both(priority, form.reason())?;
        let said = Said {
            done: &format!("of {} priority now", priority.label().to_lowercase()),
            nothing: "No priority was changed.",
        };
        done(act, form, &said, |act, orders| {
            Ok(sales::prioritise_all(act, orders, priority, &reason)?.into())
        })
    })
    .staying(true)
    .or_again(prioritising)
    .await
}

fn sending(conn: &mut PgConnection, sheet: Sheet) -> Result<Decision> {
    let named = Named::read(conn, &sheet.typed)?;
    let offered = queries::methods_offered(conn)?;
    let meaning = "Parcels that are being prepared may still leave in another way.";
    let decision = named.decision(
        sheet,
        "Shipping method of",
        "/orders/shipping-method",
        meaning,
    );
    Ok(decision
        .asking(Question::Text {
            name: "method",
            label: "Shipping method",
            hint: "As the carrier calls it",
            offered,
        })
        .unweighed()
        .without_reason()
        .button("Change"))
}

#[get("/orders/shipping-method")]
async fn ask_method(desk: Desk<SignedIn>, typed: Fields) -> Result {
    desk.ask(typed, sending).await
}

#[post("/orders/shipping-method")]
async fn send_by(desk: Desk<SignedIn>, form: Fields) -> Result {
    desk.once(form, |act, form| {
        let method = required_text(form.get("method"), 120);
        let method = method.map_err(|sentence| FieldErrors::one("method", sentence))?;
        let said = Said {
            done: &format!("sent by {method}"),
            nothing: "No shipping method was changed.",
        };
        done(act, form, &said, |act, orders| {
            Ok(sales::send_all_by(act, orders, &method)?.into())
        })
    })
    .staying(true)
    .or_again(sending)
    .await
}
