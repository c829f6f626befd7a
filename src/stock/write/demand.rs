//! What open order lines ask for and got.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Integer, Nullable, SmallInt, Timestamptz};

use super::units;
use crate::stock::books::{Books, Claimed};
use crate::stock::model::Place;
use crate::types::{OrderId, OrderLineId, ProductId, PurchaseLineId, Quantity, WarehouseId};

/// Columns of demand rows, side by side.
#[derive(Default)]
struct DemandColumns {
    line: Vec<OrderLineId>,
    order: Vec<OrderId>,
    product: Vec<ProductId>,
    warehouse: Vec<WarehouseId>,
    to_ship: Vec<Quantity>,
    reserved: Vec<Quantity>,
    taken: Vec<Quantity>,
    uncovered: Vec<Quantity>,
    pinned_at: Vec<Option<DateTime<Utc>>>,
    priority_rank: Vec<i16>,
    required_by: Vec<NaiveDate>,
    placed_at: Vec<DateTime<Utc>>,
    line_number: Vec<i32>,
    held: Vec<bool>,
    covered_by: Vec<Option<PurchaseLineId>>,
    expected_on: Vec<Option<NaiveDate>>,
}

impl DemandColumns {
    fn of<'a>(rows: impl Iterator<Item = (Place, OrderLineId, &'a Claimed)>) -> Self {
        let mut columns = Self::default();
        for (place, line, claim) in rows {
            columns.line.push(line);
            columns.order.push(claim.key.order);
            columns.product.push(place.product);
            columns.warehouse.push(place.warehouse);
            columns.to_ship.push(units(claim.to_ship));
            columns.reserved.push(units(claim.reserved));
            columns.taken.push(units(claim.taken));
            columns.uncovered.push(units(claim.uncovered));
            columns.pinned_at.push(claim.key.pinned_at());
            columns.priority_rank.push(claim.key.priority_rank);
            columns.required_by.push(claim.key.required_by);
            columns.placed_at.push(claim.key.placed_at);
            columns.line_number.push(claim.key.line_number);
            columns.held.push(claim.held);
            columns
                .covered_by
                .push(claim.covered_by.map(|(line, _)| line));
            columns
                .expected_on
                .push(claim.covered_by.map(|(_, date)| date));
        }
        columns
    }
}

/// Lines that join the queue.
pub(in crate::stock) fn new_demand(conn: &mut PgConnection, books: &Books) -> QueryResult<()> {
    let new = books.claims().filter(|(_, _, claim)| claim.is_new());
    let rows = DemandColumns::of(new.map(|(place, line, claim)| (place, line, &claim.now)));
    if rows.line.is_empty() {
        return Ok(());
    }
    diesel::sql_query(
        "insert into demand (order_line_id, order_id, product_id, warehouse_id, to_ship, reserved,
           taken, uncovered, pinned_at, priority_rank, required_by, placed_at, line_number, held,
           supply_id, expected_on)
         select u.line, u.order_id, u.product, u.warehouse, u.to_ship, u.reserved, u.taken,
           u.uncovered, u.pinned_at, u.rank, u.required_by, u.placed_at, u.line_number, u.held, s.id,
           u.expected_on
         from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
           as u (line, order_id, product, warehouse, to_ship, reserved, taken, uncovered, pinned_at,
             rank, required_by, placed_at, line_number, held, covered_by, expected_on)
         left join supply s on s.purchase_order_line_id = u.covered_by",
    )
    .bind::<Array<BigInt>, _>(rows.line)
    .bind::<Array<BigInt>, _>(rows.order)
    .bind::<Array<BigInt>, _>(rows.product)
    .bind::<Array<BigInt>, _>(rows.warehouse)
    .bind::<Array<Integer>, _>(rows.to_ship)
    .bind::<Array<Integer>, _>(rows.reserved)
    .bind::<Array<Integer>, _>(rows.taken)
    .bind::<Array<Integer>, _>(rows.uncovered)
    .bind::<Array<Nullable<Timestamptz>>, _>(rows.pinned_at)
    .bind::<Array<SmallInt>, _>(rows.priority_rank)
    .bind::<Array<Date>, _>(rows.required_by)
    .bind::<Array<Timestamptz>, _>(rows.placed_at)
    .bind::<Array<Integer>, _>(rows.line_number)
    .bind::<Array<Bool>, _>(rows.held)
    .bind::<Array<Nullable<BigInt>>, _>(rows.covered_by)
    .bind::<Array<Nullable<Date>>, _>(rows.expected_on)
    .execute(conn)?;
    Ok(())
}

/// Lines whose units, date or place in the queue changed.
pub(in crate::stock) fn changed_demand(conn: &mut PgConnection, books: &Books) -> QueryResult<()> {
    let changed = books
        .claims()
        .filter(|(_, _, claim)| claim.was.is_some() && claim.now.to_ship > 0 && claim.changed());
    let rows = DemandColumns::of(changed.map(|(place, line, claim)| (place, line, &claim.now)));
    if rows.line.is_empty() {
        return Ok(());
    }
    diesel::sql_query(
        "update demand d
         set to_ship = u.to_ship, reserved = u.reserved, taken = u.taken, uncovered = u.uncovered,
           pinned_at = u.pinned_at, priority_rank = u.rank, required_by = u.required_by,
           placed_at = u.placed_at, held = u.held, supply_id = s.id, expected_on = u.expected_on
         from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
           as u (line, to_ship, reserved, taken, uncovered, pinned_at, rank, required_by, placed_at,
             held, covered_by, expected_on)
         left join supply s on s.purchase_order_line_id = u.covered_by
         where d.order_line_id = u.line",
    )
    .bind::<Array<BigInt>, _>(rows.line)
    .bind::<Array<Integer>, _>(rows.to_ship)
    .bind::<Array<Integer>, _>(rows.reserved)
    .bind::<Array<Integer>, _>(rows.taken)
    .bind::<Array<Integer>, _>(rows.uncovered)
    .bind::<Array<Nullable<Timestamptz>>, _>(rows.pinned_at)
    .bind::<Array<SmallInt>, _>(rows.priority_rank)
    .bind::<Array<Date>, _>(rows.required_by)
    .bind::<Array<Timestamptz>, _>(rows.placed_at)
    .bind::<Array<Bool>, _>(rows.held)
    .bind::<Array<Nullable<BigInt>>, _>(rows.covered_by)
    .bind::<Array<Nullable<Date>>, _>(rows.expected_on)
    .execute(conn)?;
    Ok(())
}

/// Lines that leave the queue: nothing is left to ship.
pub(in crate::stock) fn finished_demand(conn: &mut PgConnection, books: &Books) -> QueryResult<()> {
    use crate::schema::demand;
    let finished: Vec<OrderLineId> = books
        .claims()
        .filter(|(_, _, claim)| claim.is_finished())
        .map(|(_, line, _)| line)
        .collect();
    if !finished.is_empty() {
        diesel::delete(demand::table.filter(demand::order_line_id.eq_any(finished)))
            .execute(conn)?;
    }
    Ok(())
}
