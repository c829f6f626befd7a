//! What decides how stock is given out, read and kept.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::catalog::{AllocationPolicy, PickBy, WarehouseKind};
use crate::schema::{company, warehouses};
use crate::stock::books::Rules;
use crate::stock::model::Place;
use crate::types::WarehouseId;

/// The lock of the rules; those of warehouses have their ids, which begin at 1.
const RULES: i64 = 0;

#[derive(HasQuery)]
#[diesel(table_name = warehouses)]
struct WarehouseRow {
    id: WarehouseId,
    kind: WarehouseKind,
    allocation_policy: AllocationPolicy,
    collect_after_days: i32,
    uses_locations: bool,
    pick_by: PickBy,
}

/// The rules of some places.
pub(in crate::stock) fn read(
    conn: &mut PgConnection,
    places: &BTreeSet<Place>,
) -> QueryResult<Rules> {
    let touched: BTreeSet<WarehouseId> = places.iter().map(|place| place.warehouse).collect();
    let touched = warehouses::id.eq_any(touched);
    let rows: Vec<WarehouseRow> = WarehouseRow::query().filter(touched).load(conn)?;
    let mut rules = Rules {
        held_orders_keep_stock: company::table
            .select(company::held_orders_keep_stock)
            .first(conn)?,
        ..Rules::default()
    };
    for row in rows {
        let policy = (row.allocation_policy, row.collect_after_days.unsigned_abs());
        rules.policies.insert(row.id, policy);
        if !row.kind.may_ship() {
            rules.closed.insert(row.id);
        }
        if row.uses_locations {
            rules.bins.insert(row.id, row.pick_by);
        }
    }
    Ok(rules)
}

/// Keeps the rules as they are until the transaction ends. Many may at once; whoever changes them
/// waits, so that nothing is planned by a rule that does not hold any more.
pub(super) fn keep(conn: &mut PgConnection) -> QueryResult<()> {
    lock(conn, "select pg_advisory_xact_lock_shared($1)")
}

/// Lets nobody plan until the transaction ends: the rules change.
pub(in crate::stock) fn suspend(conn: &mut PgConnection) -> QueryResult<()> {
    lock(conn, "select pg_advisory_xact_lock($1)")
}

fn lock(conn: &mut PgConnection, how: &str) -> QueryResult<()> {
    let locking = diesel::sql_query(how).bind::<BigInt, _>(RULES);
    locking.execute(conn).map(|_| ())
}
