//! What is never changed again: decisions about reserved units, dates that moved, and movements.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Text, Timestamptz};

use crate::db::{Act, set_based};
use crate::schema::movements;
use crate::stock::books::{Books, Demand, OpenDemand};
use crate::stock::model::Cause;
use crate::types::MovementId;

/// The ledger of decisions about reserved units.
pub(super) fn reservations(act: &mut Act<'_>, books: &Books, cause: &Cause) -> QueryResult<()> {
    let entries: Vec<_> = books
        .demand()
        .map(|(place, line, demand)| (place, line, gained(demand)))
        .filter(|(_, _, change)| *change != 0)
        .collect();
    if entries.is_empty() {
        return Ok(());
    }
    let (by, at) = (act.by(), act.at());
    set_based!(
        "insert into reservation_entries (order_line_id, product_id, warehouse_id, change, cause,
           reception_id, reason, user_id, at)
         select u.line, u.product, u.warehouse, u.change, :cause, :reception, :reason, :by, :now
         from :rows",
        entries, |(place, line, change)|
        line: BigInt = *line,
        product: BigInt = place.product,
        warehouse: BigInt = place.warehouse,
        change: Integer = *change;
        cause: Text = cause.kind,
        reception: Nullable<BigInt> = cause.reception,
        reason: Text = &cause.reason,
        by: Nullable<BigInt> = by,
        now: Timestamptz = at
    )
    .execute(act.conn())?;
    Ok(())
}

/// Reserved units that a line has more than before, or fewer.
fn gained(demand: &OpenDemand) -> i32 {
    let was = demand.was.as_ref().map_or(0, |was| was.reserved.as_i32());
    match demand.waits() {
        true => demand.now.reserved.as_i32() - was,
        false => -was,
    }
}

/// The ledger of dates: of lines that waited and still do, and are expected on another day.
pub(super) fn promises(act: &mut Act<'_>, books: &Books, cause: &Cause) -> QueryResult<()> {
    let moved = |demand: &OpenDemand| {
        let was = demand.was.as_ref().and_then(Demand::promise)?;
        let now = demand.now.promise()?;
        (was != now).then_some((was, now))
    };
    let entries: Vec<_> = books
        .demand()
        .filter_map(|(_, line, demand)| Some((line, moved(demand)?)))
        .collect();
    if entries.is_empty() {
        return Ok(());
    }
    let (by, at) = (act.by(), act.at());
    set_based!(
        "insert into promise_entries (order_line_id, old_on, new_on, cause, reason, user_id, at)
         select u.line, u.old_on, u.new_on, :cause, :reason, :by, :now from :rows",
        entries, |(line, (was, now))|
        line: BigInt = *line,
        old_on: Nullable<Date> = *was,
        new_on: Nullable<Date> = *now;
        cause: Text = cause.kind,
        reason: Text = &cause.reason,
        by: Nullable<BigInt> = by,
        now: Timestamptz = at
    )
    .execute(act.conn())?;
    Ok(())
}

/// The ledger of movements; answers with the rows written.
pub(super) fn movements(act: &mut Act<'_>, books: &Books) -> QueryResult<Vec<MovementId>> {
    let (by, at) = (act.by(), act.at());
    let rows: Vec<_> = books
        .movements
        .iter()
        .map(|movement| {
            (
                movements::product_id.eq(movement.product),
                movements::quantity.eq(movement.quantity),
                movements::from_warehouse_id.eq(movement.from),
                movements::to_warehouse_id.eq(movement.to),
                movements::reason.eq(movement.reason),
                movements::reception_id.eq(movement.reception),
                movements::shipment_id.eq(movement.shipment),
                movements::note.eq(&movement.note),
                movements::user_id.eq(by),
                movements::at.eq(at),
            )
        })
        .collect();
    let mut written = Vec::with_capacity(rows.len());
    // PostgreSQL takes at most 65,535 parameters in one statement.
    for part in rows.chunks(5_000) {
        let ids: Vec<MovementId> = diesel::insert_into(movements::table)
            .values(part)
            .returning(movements::id)
            .get_results(act.conn())?;
        written.extend(ids);
    }
    Ok(written)
}
