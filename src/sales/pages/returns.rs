//! Takes units back that a customer returns.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use diesel::prelude::*;

use crate::sales::{self, queries};
use crate::stock::pages::{Decision, Question};
use crate::types::{FieldErrors, Fields, OrderId, OrderLineId, Quantity, RecordRef};
use crate::web::{Desk, Go, MayReceive, Result, Sheet};

pub fn routes(config: &mut ServiceConfig) {
    config.service(ask).service(take_back);
}

type Line = Path<(OrderId, OrderLineId)>;

fn taking_back(
    conn: &mut PgConnection,
    sheet: Sheet,
    (id, line): (OrderId, OrderLineId),
) -> Result<Decision> {
    let order = queries::order(conn, id)?;
    let shown = queries::line_of(conn, id, line)?;
    let (path, most) = (order.path(), shown.line.may_come_back());
    let action = format!("{path}/lines/{line}/return");
    let parts = match shown.line.is_kit {
        true => " Each brings all its parts.",
        false => "",
    };
    Ok(
        Decision::new(sheet, format!("Take back {}", shown.sku), action)
            .about(&order.number, path)
            .meaning(format!(
                "{most} of {} left and did not come back. What is good goes on the shelf in {}, and at \
                 once to orders that wait.{parts}",
                shown.name, shown.warehouse
            ))
            .asking(Question::Units {
                name: "quantity",
                label: "Units that came back",
                hint: "Good ones only",
                value: most.to_string(),
            })
            .unweighed()
            .button("Take back"),
    )
}

#[get("/orders/{id:\\d+}/lines/{line:\\d+}/return")]
async fn ask(desk: Desk<MayReceive>, path: Line, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| taking_back(conn, sheet, *path))
        .await
}

#[post("/orders/{id:\\d+}/lines/{line:\\d+}/return")]
async fn take_back(desk: Desk<MayReceive>, path: Line, form: Fields) -> Result {
    let (id, line) = *path;
    desk.once(form, move |act, form| {
        let units = Quantity::parse_positive(form.get("quantity"));
        let units = units.map_err(|sentence| FieldErrors::one("quantity", sentence));
        let (units, reason) = FieldErrors::both(units, form.reason())?;
        sales::take_back(act, id, line, units, &reason)?;
        Ok(Go::from(RecordRef::Order(id)).saying("The units are back in stock."))
    })
    .or_again(move |conn, sheet| taking_back(conn, sheet, (id, line)))
    .await
}
