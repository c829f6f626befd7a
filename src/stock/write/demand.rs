//! What open order lines ask for and got.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Integer, Nullable, SmallInt, Timestamptz};

use crate::db::{Act, set_based};
use crate::schema::demand;
use crate::stock::books::{Books, OpenDemand};
use crate::stock::model::Place;
use crate::types::OrderLineId;

/// A line in its place.
type Line<'a> = (Place, OrderLineId, &'a OpenDemand);

/// Rows of demand as they became: what a new row has, and what changes about one that is there.
macro_rules! demand_rows {
    ($sql:literal, $rows:expr) => {
        set_based!(
            $sql, $rows, |(place, line, demand)|
            line: BigInt = *line,
            order_id: BigInt = demand.now.key.order,
            product: BigInt = place.product,
            warehouse: BigInt = place.warehouse,
            to_ship: Integer = demand.now.to_ship,
            reserved: Integer = demand.now.reserved,
            taken: Integer = demand.now.taken,
            uncovered: Integer = demand.now.uncovered,
            pinned_at: Nullable<Timestamptz> = demand.now.key.pinned_at(),
            rank: SmallInt = demand.now.key.priority_rank,
            required_by: Date = demand.now.key.required_by,
            placed_at: Timestamptz = demand.now.key.placed_at,
            line_number: Integer = demand.now.key.line_number,
            held: Bool = demand.now.held,
            purchase: Nullable<BigInt> = demand.now.covered_by.and_then(|(of, _)| of.purchase()),
            transfer: Nullable<BigInt> = demand.now.covered_by.and_then(|(of, _)| of.transfer()),
            expected_on: Nullable<Date> = demand.now.covered_by.map(|(_, day)| day),
            moved: Bool = demand.is_moved(),
            kit: Nullable<BigInt> = demand.now.set.map(|set| set.kit),
            per_kit: Nullable<Integer> = demand.now.set.map(|set| set.per_kit),
            parts: Nullable<SmallInt> = demand.now.set.map(|set| set.parts)
        )
    };
}

/// Lines that join the queue. One that was in no queue for a while may have had a day before.
pub(super) fn joined(act: &mut Act<'_>, books: &Books) -> QueryResult<()> {
    let new = books.demand().filter(|(_, _, demand)| demand.is_new());
    let new: Vec<_> = new.collect();
    if new.is_empty() {
        return Ok(());
    }
    demand_rows!(
        "insert into demand (order_line_id, order_id, product_id, warehouse_id, to_ship, reserved,
           taken, uncovered, pinned_at, priority_rank, required_by, placed_at, line_number, held,
           kit_line_id, per_kit, parts_in_kit, supply_id, expected_on, moved)
         select u.line, u.order_id, u.product, u.warehouse, u.to_ship, u.reserved, u.taken,
           u.uncovered, u.pinned_at, u.rank, u.required_by, u.placed_at, u.line_number, u.held,
           u.kit, u.per_kit, u.parts, coalesce(s.id, t.id), u.expected_on, u.moved or exists (select from promise_entries e
             where e.order_line_id = u.line and e.old_on is not null)
         from :rows
         left join supply s on s.purchase_order_line_id = u.purchase
         left join supply t on t.transfer_line_id = u.transfer",
        new
    )
    .execute(act.conn())?;
    Ok(())
}

/// Lines whose units, date or place in the queue changed.
pub(super) fn changed(act: &mut Act<'_>, books: &Books) -> QueryResult<()> {
    let stays = |demand: &OpenDemand| demand.was.is_some() && demand.waits() && demand.changed();
    let changed = books.demand().filter(|(_, _, demand)| stays(demand));
    let (served, asked): (Vec<_>, Vec<_>) =
        changed.partition(|(_, _, demand)| demand.asks_the_same());
    other_verdicts(act, &served)?;
    other_asks(act, &asked)
}

/// What the plan gives them, of lines that ask what they asked before: most that change, and few columns.
fn other_verdicts(act: &mut Act<'_>, served: &[Line<'_>]) -> QueryResult<()> {
    if served.is_empty() {
        return Ok(());
    }
    set_based!(
        "update demand d
         set reserved = u.reserved, uncovered = u.uncovered, supply_id = coalesce(s.id, t.id),
           expected_on = u.expected_on, moved = d.moved or u.moved
         from :rows
         left join supply s on s.purchase_order_line_id = u.purchase
         left join supply t on t.transfer_line_id = u.transfer
         where d.order_line_id = u.line",
        served, |(_, line, demand)|
        line: BigInt = *line,
        reserved: Integer = demand.now.reserved,
        uncovered: Integer = demand.now.uncovered,
        purchase: Nullable<BigInt> = demand.now.covered_by.and_then(|(of, _)| of.purchase()),
        transfer: Nullable<BigInt> = demand.now.covered_by.and_then(|(of, _)| of.transfer()),
        expected_on: Nullable<Date> = demand.now.covered_by.map(|(_, day)| day),
        moved: Bool = demand.is_moved()
    )
    .execute(act.conn())?;
    Ok(())
}

/// All there is of lines that ask for something else, or in another turn.
fn other_asks(act: &mut Act<'_>, asked: &[Line<'_>]) -> QueryResult<()> {
    if asked.is_empty() {
        return Ok(());
    }
    demand_rows!(
        "update demand d
         set to_ship = u.to_ship, reserved = u.reserved, taken = u.taken, uncovered = u.uncovered,
           pinned_at = u.pinned_at, priority_rank = u.rank, required_by = u.required_by,
           placed_at = u.placed_at, held = u.held, kit_line_id = u.kit, per_kit = u.per_kit,
           parts_in_kit = u.parts, supply_id = coalesce(s.id, t.id),
           expected_on = u.expected_on, moved = d.moved or u.moved
         from :rows
         left join supply s on s.purchase_order_line_id = u.purchase
         left join supply t on t.transfer_line_id = u.transfer
         where d.order_line_id = u.line",
        asked
    )
    .execute(act.conn())?;
    Ok(())
}

/// Lines that leave the queue. They go before others join: a line that moves to another place stands
/// in one queue.
pub(super) fn finished(act: &mut Act<'_>, books: &Books) -> QueryResult<()> {
    let finished = books.demand().filter(|(_, _, demand)| demand.is_finished());
    let finished: Vec<OrderLineId> = finished.map(|(_, line, _)| line).collect();
    if !finished.is_empty() {
        diesel::delete(demand::table.filter(demand::order_line_id.eq_any(finished)))
            .execute(act.conn())?;
    }
    Ok(())
}
