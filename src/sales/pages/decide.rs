//! Release, cancel, priority: each a short form in a dialog, or on a page of its own.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use diesel::prelude::*;

use crate::sales::{self, queries};
use crate::stock::Priority;
use crate::stock::pages::{Decision, Question};
use crate::types::{FieldErrors, Fields, OrderId, OrderLineId, Quantity, RecordRef};
use crate::web::{Desk, Go, MayCancelUnits, MayDecideReserved, Result, Sheet, SignedIn};

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(release)
        .service(ask_cancel)
        .service(cancel)
        .service(ask_cancel_line)
        .service(cancel_line)
        .service(ask_priority)
        .service(prioritise);
}

fn done(order: OrderId, sentence: impl Into<String>) -> Go {
    Go::from(RecordRef::Order(order)).saying(sentence)
}

#[post("/orders/{id:\\d+}/release")]
async fn release(desk: Desk<SignedIn>, id: Path<OrderId>) -> Result {
    desk.act(Fields::default(), move |act, _| {
        sales::release(act, *id)?;
        Ok(done(*id, "The order goes on."))
    })
    .await
}

fn cancelling(conn: &mut PgConnection, sheet: Sheet, id: OrderId) -> Result<Decision> {
    let order = queries::order(conn, id)?;
    let (number, path) = (&order.number, order.path());
    Ok(Decision::new(
        sheet,
        format!("Cancel {number}"),
        format!("{path}/cancellation"),
    )
    .about(number, path)
    .meaning(
        "Whatever is left to ship is given up, and its stock goes to those who wait. This \
                 cannot be undone.",
    )
    .dangerous("Cancel the order")
    .or_leave("Keep the order"))
}

#[get("/orders/{id:\\d+}/cancellation")]
async fn ask_cancel(desk: Desk<MayCancelUnits>, id: Path<OrderId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| cancelling(conn, sheet, *id))
        .await
}

#[post("/orders/{id:\\d+}/cancellation")]
async fn cancel(desk: Desk<MayCancelUnits>, id: Path<OrderId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        sales::cancel(act, id, &form.reason()?)?;
        let sentence =
            "What was left to ship is cancelled, and its stock went to those who waited.";
        Ok(done(id, sentence))
    })
    .or_again(move |conn, sheet| cancelling(conn, sheet, id))
    .await
}

fn cancelling_units(
    conn: &mut PgConnection,
    sheet: Sheet,
    (id, line): (OrderId, OrderLineId),
) -> Result<Decision> {
    let order = queries::order(conn, id)?;
    let shown = queries::line_of(conn, id, line)?;
    let (path, left) = (order.path(), shown.line.to_ship());
    let action = format!("{path}/lines/{line}/cancellation");
    Ok(
        Decision::new(sheet, format!("Cancel units of {}", shown.sku), action)
            .about(&order.number, path)
            .meaning(format!("{left} of {} are still to ship.", shown.name))
            .asking(Question::Units {
                name: "quantity",
                label: "Units to cancel",
                hint: "What is reserved for them goes to those who wait",
                value: left.less(shown.taken()).to_string(),
            })
            .unweighed()
            .dangerous("Cancel units")
            .or_leave("Keep them"),
    )
}

#[get("/orders/{id:\\d+}/lines/{line:\\d+}/cancellation")]
async fn ask_cancel_line(
    desk: Desk<MayCancelUnits>,
    path: Path<(OrderId, OrderLineId)>,
    typed: Fields,
) -> Result {
    desk.ask(typed, move |conn, sheet| {
        cancelling_units(conn, sheet, *path)
    })
    .await
}

#[post("/orders/{id:\\d+}/lines/{line:\\d+}/cancellation")]
async fn cancel_line(
    desk: Desk<MayCancelUnits>,
    path: Path<(OrderId, OrderLineId)>,
    form: Fields,
) -> Result {
    let (id, line) = *path;
    desk.once(form, move |act, form| {
        let units = Quantity::parse_positive(form.get("quantity"));
        let units = units.map_err(|sentence| FieldErrors::one("quantity", sentence));
        let (units, reason) = FieldErrors::both(units, form.reason())?;
        sales::cancel_line(act, id, line, units, &reason)?;
        Ok(done(id, "The units are cancelled."))
    })
    .or_again(move |conn, sheet| cancelling_units(conn, sheet, (id, line)))
    .await
}

fn prioritising(conn: &mut PgConnection, sheet: Sheet, id: OrderId) -> Result<Decision> {
    let order = queries::order(conn, id)?;
    let (number, path) = (&order.number, order.path());
    let chosen = sheet.typed.get("priority").parse().ok();
    let chosen = chosen.filter(|chosen| *chosen != order.priority);
    let words = |each: &Priority| (each.to_string(), each.label().into());
    let decision = Decision::new(
        sheet,
        format!("Priority of {number}"),
        format!("{path}/priority"),
    )
    .about(number, path)
    .asking(Question::Choice {
        name: "priority",
        label: "Priority",
        hint: "Decides before dates and age",
        kept: order.priority.to_string(),
        of: Priority::ALL.iter().map(words).collect(),
    })
    .button("Change");
    Ok(match chosen {
        Some(chosen) => decision.weighing(sales::preview_priority(conn, &[id], chosen)?),
        None => decision,
    })
}

#[get("/orders/{id:\\d+}/priority")]
async fn ask_priority(desk: Desk<MayDecideReserved>, id: Path<OrderId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| prioritising(conn, sheet, *id))
        .await
}

#[post("/orders/{id:\\d+}/priority")]
async fn prioritise(desk: Desk<MayDecideReserved>, id: Path<OrderId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        let priority = form.get("priority").parse::<Priority>();
        let priority = priority.map_err(|_| FieldErrors::one("priority", "Choose a priority."))?;
        sales::prioritise(act, id, priority, &form.reason()?)?;
        let class = priority.label().to_lowercase();
        Ok(done(id, format!("The priority is {class} now.")))
    })
    .or_again(move |conn, sheet| prioritising(conn, sheet, id))
    .await
}
