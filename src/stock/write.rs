//! Writes the differences between the books as they were and as they are: a statement per table.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{
    Array, BigInt, Bool, Date, Integer, Nullable, SmallInt, Text, Timestamptz,
};

use super::books::{Books, Claimed, OpenClaim};
use super::model::{Cause, Place};
use crate::schema::movements;
use crate::types::{OrderId, OrderLineId, PurchaseLineId, Quantity, WarehouseId};

impl Books {
    pub(super) fn claims(&self) -> impl Iterator<Item = (Place, OrderLineId, &OpenClaim)> {
        self.shelves.iter().flat_map(|(place, shelf)| {
            shelf
                .claims
                .iter()
                .map(|(line, claim)| (*place, *line, claim))
        })
    }
}

impl OpenClaim {
    /// Whether a row is to be written, changed or removed.
    pub(super) fn changed(&self) -> bool {
        match &self.was {
            Some(was) => *was != self.now,
            None => self.now.to_ship > 0,
        }
    }

    fn is_new(&self) -> bool {
        self.was.is_none() && self.now.to_ship > 0
    }

    fn is_finished(&self) -> bool {
        self.was.is_some() && self.now.to_ship == 0
    }
}

/// A column of small whole numbers.
fn units(value: u32) -> Quantity {
    Quantity::new(value)
}

/// New or changed lines of incoming goods.
pub(super) fn supply(conn: &mut PgConnection, books: &Books) -> QueryResult<()> {
    let rows: Vec<_> = books
        .shelves
        .iter()
        .flat_map(|(place, shelf)| {
            shelf
                .layers
                .iter()
                .map(move |(line, layer)| (place, line, layer))
        })
        .filter(|(_, _, layer)| layer.now.0 > 0 && layer.was != Some(layer.now))
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    diesel::sql_query(
        "insert into supply
           (purchase_order_line_id, purchase_order_id, warehouse_id, product_id, quantity, due_on)
         select * from unnest($1, $2, $3, $4, $5, $6)
         on conflict (purchase_order_line_id)
         do update set quantity = excluded.quantity, due_on = excluded.due_on",
    )
    .bind::<Array<BigInt>, _>(rows.iter().map(|(_, line, _)| **line).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(
        rows.iter()
            .map(|(_, _, layer)| layer.order)
            .collect::<Vec<_>>(),
    )
    .bind::<Array<BigInt>, _>(
        rows.iter()
            .map(|(place, ..)| place.warehouse)
            .collect::<Vec<_>>(),
    )
    .bind::<Array<BigInt>, _>(
        rows.iter()
            .map(|(place, ..)| place.product)
            .collect::<Vec<_>>(),
    )
    .bind::<Array<Integer>, _>(
        rows.iter()
            .map(|row| units(row.2.now.0))
            .collect::<Vec<_>>(),
    )
    .bind::<Array<Date>, _>(rows.iter().map(|row| row.2.now.1).collect::<Vec<_>>())
    .execute(conn)?;
    Ok(())
}

/// Lines that brought everything, or bring nothing any more.
pub(super) fn drop_supply(conn: &mut PgConnection, books: &Books) -> QueryResult<()> {
    use crate::schema::supply;
    let gone: Vec<PurchaseLineId> = books
        .shelves
        .values()
        .flat_map(|shelf| &shelf.layers)
        .filter(|(_, layer)| layer.was.is_some() && layer.now.0 == 0)
        .map(|(line, _)| *line)
        .collect();
    if !gone.is_empty() {
        diesel::delete(supply::table.filter(supply::purchase_order_line_id.eq_any(gone)))
            .execute(conn)?;
    }
    Ok(())
}

/// Columns of demand rows, side by side.
#[derive(Default)]
struct DemandColumns {
    line: Vec<OrderLineId>,
    order: Vec<OrderId>,
    product: Vec<crate::types::ProductId>,
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
pub(super) fn new_demand(conn: &mut PgConnection, books: &Books) -> QueryResult<()> {
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
pub(super) fn changed_demand(conn: &mut PgConnection, books: &Books) -> QueryResult<()> {
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
pub(super) fn finished_demand(conn: &mut PgConnection, books: &Books) -> QueryResult<()> {
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

/// The ledger of decisions about reserved units.
pub(super) fn reservation_entries(
    conn: &mut PgConnection,
    books: &Books,
    cause: &Cause,
) -> QueryResult<()> {
    let (mut lines, mut products, mut warehouses, mut changes) = (vec![], vec![], vec![], vec![]);
    for (place, line, claim) in books.claims() {
        let before = claim.was.as_ref().map_or(0, |was| i64::from(was.reserved));
        let after = if claim.now.to_ship > 0 {
            i64::from(claim.now.reserved)
        } else {
            0
        };
        if let Ok(change) = i32::try_from(after - before)
            && change != 0
        {
            lines.push(line);
            products.push(place.product);
            warehouses.push(place.warehouse);
            changes.push(change);
        }
    }
    if lines.is_empty() {
        return Ok(());
    }
    diesel::sql_query(
        "insert into reservation_entries (order_line_id, product_id, warehouse_id, change, cause,
           reception_id, reason, user_id, at)
         select u.line, u.product, u.warehouse, u.change, $5, $6, $7, $8, $9
         from unnest($1, $2, $3, $4) as u (line, product, warehouse, change)",
    )
    .bind::<Array<BigInt>, _>(lines)
    .bind::<Array<BigInt>, _>(products)
    .bind::<Array<BigInt>, _>(warehouses)
    .bind::<Array<Integer>, _>(changes)
    .bind::<Text, _>(cause.kind)
    .bind::<Nullable<BigInt>, _>(cause.reception)
    .bind::<Text, _>(&cause.reason)
    .bind::<Nullable<BigInt>, _>(cause.user)
    .bind::<Timestamptz, _>(cause.at)
    .execute(conn)?;
    Ok(())
}

/// The ledger of movements.
pub(super) fn movements(conn: &mut PgConnection, books: &Books, cause: &Cause) -> QueryResult<()> {
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
                movements::user_id.eq(cause.user),
                movements::at.eq(cause.at),
            )
        })
        .collect();
    // PostgreSQL takes at most 65,535 parameters in one statement.
    for part in rows.chunks(5_000) {
        diesel::insert_into(movements::table)
            .values(part)
            .execute(conn)?;
    }
    Ok(())
}

/// The balances.
pub(super) fn levels(conn: &mut PgConnection, books: &Books) -> QueryResult<()> {
    let (mut warehouses, mut products) = (vec![], vec![]);
    let (mut on_hand, mut reserved, mut to_ship, mut incoming) = (vec![], vec![], vec![], vec![]);
    for (place, shelf) in &books.shelves {
        let claims = || {
            shelf
                .claims
                .values()
                .map(|claim| &claim.now)
                .filter(|now| now.to_ship > 0)
        };
        let now = [
            units(shelf.on_hand),
            units(claims().map(|claim| claim.reserved).sum()),
            units(claims().map(|claim| claim.to_ship).sum()),
            units(shelf.layers.values().map(|layer| layer.now.0).sum()),
        ];
        let was = &shelf.level;
        if now != [was.on_hand, was.reserved, was.to_ship, was.incoming] {
            warehouses.push(place.warehouse);
            products.push(place.product);
            on_hand.push(now[0]);
            reserved.push(now[1]);
            to_ship.push(now[2]);
            incoming.push(now[3]);
        }
    }
    if warehouses.is_empty() {
        return Ok(());
    }
    diesel::sql_query(
        "update levels l set on_hand = u.on_hand, reserved = u.reserved, to_ship = u.to_ship,
           incoming = u.incoming
         from unnest($1, $2, $3, $4, $5, $6)
           as u (warehouse, product, on_hand, reserved, to_ship, incoming)
         where l.warehouse_id = u.warehouse and l.product_id = u.product",
    )
    .bind::<Array<BigInt>, _>(warehouses)
    .bind::<Array<BigInt>, _>(products)
    .bind::<Array<Integer>, _>(on_hand)
    .bind::<Array<Integer>, _>(reserved)
    .bind::<Array<Integer>, _>(to_ship)
    .bind::<Array<Integer>, _>(incoming)
    .execute(conn)?;
    Ok(())
}

/// The place in the queue of an order, as its consignment carries it.
pub(super) struct Consigned {
    pub(super) priority_rank: i16,
    pub(super) required_by: NaiveDate,
    pub(super) placed_at: DateTime<Utc>,
}

/// Derives the state of consignments from their lines. They are locked first, by order and
/// warehouse: two settlements of one order in different places must not both read the other's past.
/// (A conflict locks the row even where nothing is to be updated.)
pub(super) fn consignments(
    conn: &mut PgConnection,
    touched: &BTreeMap<(OrderId, WarehouseId), Consigned>,
    cause: &Cause,
) -> QueryResult<()> {
    if touched.is_empty() {
        return Ok(());
    }
    let (orders, warehouses): (Vec<_>, Vec<_>) = touched.keys().copied().unzip();
    diesel::sql_query(
        "insert into consignments
           (order_id, warehouse_id, state, priority_rank, required_by, placed_at, changed_at)
         select u.order_id, u.warehouse, 'missing', u.rank, u.required_by, u.placed_at, $6
         from unnest($1, $2, $3, $4, $5) as u (order_id, warehouse, rank, required_by, placed_at)
         order by u.order_id, u.warehouse
         on conflict (order_id, warehouse_id) do update
         set priority_rank = excluded.priority_rank, required_by = excluded.required_by,
           placed_at = excluded.placed_at
         where (consignments.priority_rank, consignments.required_by, consignments.placed_at)
           is distinct from (excluded.priority_rank, excluded.required_by, excluded.placed_at)",
    )
    .bind::<Array<BigInt>, _>(&orders)
    .bind::<Array<BigInt>, _>(&warehouses)
    .bind::<Array<SmallInt>, _>(
        touched
            .values()
            .map(|at| at.priority_rank)
            .collect::<Vec<_>>(),
    )
    .bind::<Array<Date>, _>(
        touched
            .values()
            .map(|at| at.required_by)
            .collect::<Vec<_>>(),
    )
    .bind::<Array<Timestamptz>, _>(touched.values().map(|at| at.placed_at).collect::<Vec<_>>())
    .bind::<Timestamptz, _>(cause.at)
    .execute(conn)?;
    diesel::sql_query(include_str!("consignments.sql"))
        .bind::<Array<BigInt>, _>(&orders)
        .bind::<Array<BigInt>, _>(&warehouses)
        .bind::<Timestamptz, _>(cause.at)
        .execute(conn)?;
    Ok(())
}
