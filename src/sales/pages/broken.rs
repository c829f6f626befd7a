//! Breaks the sets of a kit: what its parts would get, and who would gain and lose, before it is done.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use diesel::prelude::*;

use crate::sales::{self, queries};
use crate::stock::pages::Decision;
use crate::types::{Fields, OrderId, OrderLineId, RecordRef};
use crate::web::{Desk, Go, MayDecideReserved, Result, Sheet};

pub fn routes(config: &mut ServiceConfig) {
    config.service(ask).service(break_sets);
}

type Line = Path<(OrderId, OrderLineId)>;

fn breaking(
    conn: &mut PgConnection,
    sheet: Sheet,
    (id, kit): (OrderId, OrderLineId),
) -> Result<Decision> {
    let order = queries::order(conn, id)?;
    let shown = queries::line_of(conn, id, kit)?;
    let path = order.path();
    let action = format!("{path}/lines/{kit}/break");
    let effects = sales::preview_break(conn, id, kit)?;
    let title = format!("Break the sets of {}", shown.sku);
    Ok(Decision::new(sheet, title, action)
        .about(&order.number, path)
        .meaning(
            "The parts that are there can ship without the others, which keep their places in the \
             queue. The price stays that of the kit. This cannot be undone.",
        )
        .weighing(effects)
        .dangerous("Break the sets")
        .or_leave("Keep them whole"))
}

#[get("/orders/{id:\\d+}/lines/{line:\\d+}/break")]
async fn ask(desk: Desk<MayDecideReserved>, path: Line, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| breaking(conn, sheet, *path))
        .await
}

#[post("/orders/{id:\\d+}/lines/{line:\\d+}/break")]
async fn break_sets(desk: Desk<MayDecideReserved>, path: Line, form: Fields) -> Result {
    let (id, kit) = *path;
    desk.once(form, move |act, form| {
        sales::break_sets(act, id, kit, &form.reason()?)?;
        let done = "The sets are broken: what there is of the parts can ship.";
        Ok(Go::from(RecordRef::Order(id)).saying(done))
    })
    .or_again(move |conn, sheet| breaking(conn, sheet, (id, kit)))
    .await
}
