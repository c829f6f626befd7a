//! A line is shipped from another warehouse, by hand.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::broken::alone;
use super::lock_unclosed;
use super::place::check_warehouses;
use crate::catalog;
use crate::db::{Act, announce};
use crate::sales::queries::{self, LineShown};
use crate::sales::{Error, Order, OrderLine};
use crate::schema::{order_lines, orders};
use crate::stock::{self, Cause, CauseKind, Effects, Happening, Place};
use crate::types::{Event, OrderId, OrderLineId, WarehouseId, clock};

/// Ships what is left of a line from another warehouse: it leaves one queue and joins the other, where
/// it takes its turn. What it was promised before is kept beside what it is promised then.
///
/// # Errors
/// [`Error::Closed`], [`Error::NotThere`], [`Error::ShipsThere`], [`Error::InSets`],
/// [`Error::Broken`], and those of stock:
/// [`stock::Error::NothingToShip`], [`stock::Error::BeingPrepared`].
pub fn reroute(
    act: &mut Act<'_>,
    id: OrderId,
    line: OrderLineId,
    to: WarehouseId,
    reason: &str,
) -> Result<(), Error> {
    let order = lock_unclosed(act, id)?;
    let shown = queries::line_of(act, id, line)?;
    check_warehouses(act, BTreeSet::from([to])).map_err(Error::there)?;
    let (moves, lines) = moves(act, &order, &shown, to)?;
    let moved = Event::Rerouted {
        sku: shown.sku.clone(),
        was: shown.warehouse.clone(),
        now: catalog::warehouse(act, to)?.name,
        reason: reason.to_owned(),
    };

    let of_nobody = order_lines::routed_by.eq("");
    diesel::update(order_lines::table.filter(order_lines::id.eq_any(lines)))
        .set((order_lines::warehouse_id.eq(to), of_nobody))
        .execute(act.conn())?;
    diesel::update(orders::table.find(id))
        .set(orders::version.eq(orders::version + 1))
        .execute(act.conn())?;
    let cause = Cause::of(CauseKind::OrderEdited).because(why(&moved, reason));
    stock::change(act, &cause, &moves)?;
    act.note(order.record(), &moved)?;
    Ok(announce(
        act,
        &[order.record().to_string(), "orders".into()],
    )?)
}

/// Who would gain and who would lose by it, the line itself among them.
///
/// # Errors
/// [`Error::ShipsThere`], and those of stock.
pub fn preview_reroute(
    conn: &mut PgConnection,
    id: OrderId,
    line: OrderLineId,
    to: WarehouseId,
) -> Result<Effects, Error> {
    let order = queries::order(conn, id)?;
    let shown = queries::line_of(conn, id, line)?;
    let (moves, _) = moves(conn, &order, &shown, to)?;
    Ok(stock::preview(conn, clock::now(), &moves)?)
}

/// A line stands in one queue: it leaves the old one before it joins the other. A kit goes with its
/// parts; all of these lines.
fn moves(
    conn: &mut PgConnection,
    order: &Order,
    shown: &LineShown,
    to: WarehouseId,
) -> Result<(Vec<Happening>, Vec<OrderLineId>), Error> {
    if shown.line.to_ship().is_zero() {
        return Err(stock::Error::NothingToShip.into());
    }
    if shown.line.warehouse_id == to {
        return Err(Error::ShipsThere(shown.warehouse.clone()));
    }
    let lines: Vec<OrderLine> = alone(conn, shown.line.clone())?
        .into_iter()
        .map(|(line, _)| line)
        .collect();
    let asked = || lines.iter().filter(|line| line.is_asked());
    let leave = asked().map(|line| Happening::Withdraw { line: line.id });
    let join = asked().map(|line| {
        Happening::Ask(stock::Ask {
            place: Place::new(to, line.product_id),
            ..order.ask(line)
        })
    });
    let moves = leave.chain(join).collect();
    Ok((moves, lines.iter().map(|line| line.id).collect()))
}

/// `ships from North instead of Main: the customer waits`.
fn why(moved: &Event, reason: &str) -> String {
    let Event::Rerouted { was, now, .. } = moved else {
        return reason.to_owned();
    };
    let words = format!("ships from {now} instead of {was}");
    match reason {
        "" => words,
        reason => format!("{words}: {reason}"),
    }
}
