//! What is never changed again: the decision, what it changed about reserved units and dates, and the
//! movements that led to it.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Text, Timestamptz};

use crate::db::{Act, set_based};
use crate::schema::decisions;
use crate::stock::books::{Books, Demand, Movement, OpenDemand};
use crate::stock::model::{Cause, Place};
use crate::types::{MovementId, OrderLineId, WarehouseId};

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

/// A decision that somebody else writes the consequences of.
pub(in crate::stock) fn decide(act: &mut Act<'_>, cause: &Cause) -> QueryResult<i64> {
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
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Written {
        #[diesel(sql_type = BigInt)]
        id: MovementId,
    }
    if books.movements.is_empty() {
        return Ok(Vec::new());
    }
    let (by, at) = (act.by(), act.at());
    let mut after = LevelsAfter::before(books);
    let moved = books.movements.iter();
    let moved: Vec<_> = moved.map(|each| (each, after.moved(each))).collect();
    let written: Vec<Written> = set_based!(
        "insert into movements (:columns, user_id, at, decision_id)
         select :columns, :by, :at, :decision from :rows
         returning id",
        moved, |(movement, (from_after, to_after))|
        product_id: BigInt = movement.product,
        quantity: Integer = movement.quantity,
        from_warehouse_id: Nullable<BigInt> = movement.from,
        to_warehouse_id: Nullable<BigInt> = movement.to,
        from_location_id: Nullable<BigInt> = movement.from_bin,
        to_location_id: Nullable<BigInt> = movement.to_bin,
        from_level: Nullable<Integer> = *from_after,
        to_level: Nullable<Integer> = *to_after,
        reason: Text = movement.reason,
        reception_id: Nullable<BigInt> = movement.reception,
        shipment_id: Nullable<BigInt> = movement.shipment,
        transfer_id: Nullable<BigInt> = movement.transfer,
        count_id: Nullable<BigInt> = movement.count,
        return_id: Nullable<BigInt> = movement.returned,
        note: Text = &movement.note,
        corrects_id: Nullable<BigInt> = movement.corrects;
        by: Nullable<BigInt> = by,
        at: Timestamptz = at,
        decision: BigInt = decision
    )
    .load(act.conn())?;
    Ok(written.into_iter().map(|row| row.id).collect())
}

/// What lies at each place while its movements happen one after the other.
struct LevelsAfter(HashMap<Place, i32>);

impl LevelsAfter {
    fn before(books: &Books) -> Self {
        let shelves = books.shelves.iter();
        Self(
            shelves
                .map(|(place, shelf)| (*place, (shelf.was.on_hand + shelf.was.doubted).as_i32()))
                .collect(),
        )
    }

    /// What lies where it left and where it came to, right after it.
    fn moved(&mut self, movement: &Movement) -> (Option<i32>, Option<i32>) {
        let within = movement.from == movement.to;
        let units = if within {
            0
        } else {
            movement.quantity.as_i32()
        };
        let mut change = |warehouse: Option<WarehouseId>, units: i32| {
            let place = Place::new(warehouse?, movement.product);
            let level = self.0.entry(place).or_default();
            *level += units;
            Some(*level)
        };
        (change(movement.from, -units), change(movement.to, units))
    }
}
