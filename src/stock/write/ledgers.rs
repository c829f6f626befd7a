//! What is never changed again: the decision, what it changed about reserved units and dates, and the
//! movements that led to it.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable};

use crate::db::{Act, set_based};
use crate::schema::{decisions, movements};
use crate::stock::books::{Books, Demand, OpenDemand};
use crate::stock::model::Cause;
use crate::types::{MovementId, OrderLineId};

/// Units that each line has more or fewer than before.
type Gained = Vec<(OrderLineId, i32)>;
/// The dates of lines that waited and still do, here or in another place than before, and are expected
/// on another day: before and now.
type Moved = Vec<(OrderLineId, Option<NaiveDate>, Option<NaiveDate>)>;

/// Writes the ledgers, if there is anything to keep; answers with the movements written.
pub(super) fn keep(
    act: &mut Act<'_>,
    books: &Books,
    cause: &Cause,
) -> QueryResult<Vec<MovementId>> {
    let (gained, moved) = (gained(books), moved(books));
    if gained.is_empty() && moved.is_empty() && books.movements.is_empty() {
        return Ok(Vec::new());
    }
    let decision = decide(act, cause)?;
    reservations(act, decision, gained)?;
    promises(act, decision, moved)?;
    write_movements(act, decision, books)
}

fn decide(act: &mut Act<'_>, cause: &Cause) -> QueryResult<i64> {
    let row = (
        decisions::cause.eq(cause.kind),
        decisions::reception_id.eq(cause.reception),
        decisions::reason.eq(&cause.reason),
        decisions::user_id.eq(act.by()),
        decisions::at.eq(act.at()),
    );
    diesel::insert_into(decisions::table)
        .values(row)
        .returning(decisions::id)
        .get_result(act.conn())
}

/// In the order of the lines, as their index has it. A line that moved to another place stands in the
/// books of both.
fn gained(books: &Books) -> Gained {
    let mut all: Gained = books
        .demand()
        .map(|(_, line, demand)| (line, change(demand)))
        .collect();
    all.sort_unstable();
    all.dedup_by(|(line, change), (kept, sum)| {
        let is_same = line == kept;
        if is_same {
            *sum += *change;
        }
        is_same
    });
    all.retain(|(_, change)| *change != 0);
    all
}

fn change(demand: &OpenDemand) -> i32 {
    let was = demand.was.as_ref().map_or(0, |was| was.reserved.as_i32());
    match demand.waits() {
        true => demand.now.reserved.as_i32() - was,
        false => -was,
    }
}

fn moved(books: &Books) -> Moved {
    let dates = |demand: &OpenDemand| {
        let was = demand.before().and_then(Demand::promise)?;
        let now = demand.now.promise()?;
        (was != now).then_some((was, now))
    };
    let mut all: Moved = books
        .demand()
        .filter_map(|(_, line, demand)| dates(demand).map(|(was, now)| (line, was, now)))
        .collect();
    all.sort_unstable();
    all
}

fn reservations(act: &mut Act<'_>, decision: i64, gained: Gained) -> QueryResult<()> {
    if !gained.is_empty() {
        set_based!(
            "insert into reservation_entries (order_line_id, decision_id, change)
             select u.line, :decision, u.change from :rows",
            gained, |(line, change)| line: BigInt = *line, change: Integer = *change;
            decision: BigInt = decision
        )
        .execute(act.conn())?;
    }
    Ok(())
}

fn promises(act: &mut Act<'_>, decision: i64, moved: Moved) -> QueryResult<()> {
    if !moved.is_empty() {
        set_based!(
            "insert into promise_entries (order_line_id, decision_id, old_on, new_on)
             select u.line, :decision, u.old_on, u.new_on from :rows",
            moved, |(line, was, now)|
            line: BigInt = *line,
            old_on: Nullable<Date> = *was,
            new_on: Nullable<Date> = *now;
            decision: BigInt = decision
        )
        .execute(act.conn())?;
    }
    Ok(())
}

fn write_movements(
    act: &mut Act<'_>,
    decision: i64,
    books: &Books,
) -> QueryResult<Vec<MovementId>> {
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
                movements::decision_id.eq(decision),
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
