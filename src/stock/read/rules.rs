//! What decides how stock is given out, read and kept.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::catalog::{AllocationPolicy, WarehouseKind};
use crate::schema::{company, warehouses};
use crate::stock::books::Rules;
use crate::stock::model::Place;
use crate::types::WarehouseId;

/// The lock of the rules; those of warehouses have their ids, which begin at 1.
const RULES: i64 = 0;

/// The rules of some places.
pub(super) fn read(conn: &mut PgConnection, places: &BTreeSet<Place>) -> QueryResult<Rules> {
    let touched: BTreeSet<WarehouseId> = places.iter().map(|place| place.warehouse).collect();
    let rows: Vec<(WarehouseId, AllocationPolicy, i32, WarehouseKind)> = warehouses::table
        .filter(warehouses::id.eq_any(touched))
        .select((
            warehouses::id,
            warehouses::allocation_policy,
            warehouses::collect_after_days,
            warehouses::kind,
        ))
        .load(conn)?;
    let held_orders_keep_stock = company::table
        .select(company::held_orders_keep_stock)
        .first(conn)?;
    let closed = rows.iter().filter(|(.., kind)| !kind.may_ship());
    Ok(Rules {
        held_orders_keep_stock,
        closed: closed.map(|(id, ..)| *id).collect(),
        policies: rows
            .iter()
            .map(|(id, policy, days, _)| (*id, (*policy, days.unsigned_abs())))
            .collect(),
    })
}

/// Keeps the rules as they are until the transaction ends. Many may at once; whoever changes them
/// waits, so that nothing is planned by a rule that does not hold any more.
pub(super) fn keep(conn: &mut PgConnection) -> QueryResult<()> {
    lock(conn, "select pg_advisory_xact_lock_shared($1)")
}

/// Lets nobody plan until the transaction ends: the rules change.
pub(super) fn suspend(conn: &mut PgConnection) -> QueryResult<()> {
    lock(conn, "select pg_advisory_xact_lock($1)")
}

fn lock(conn: &mut PgConnection, how: &str) -> QueryResult<()> {
    let locking = diesel::sql_query(how).bind::<BigInt, _>(RULES);
    locking.execute(conn).map(|_| ())
}
