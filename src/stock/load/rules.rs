//! What decides how stock is given out.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use crate::catalog::AllocationPolicy;
use crate::schema::{company, warehouses};
use crate::stock::error::Error;
use crate::stock::model::Place;
use crate::types::WarehouseId;

/// The lock of the rules; those of warehouses have their ids, which begin at 1.
const RULES: i64 = 0;

/// What decides how stock is given out.
#[derive(Debug, Clone, Default)]
pub(in crate::stock) struct Rules {
    /// Whether an order on hold may hold stock.
    pub(in crate::stock) held_orders_keep_stock: bool,
    /// Policy of each warehouse, and the days after which an order may collect.
    pub(in crate::stock) policies: BTreeMap<WarehouseId, (AllocationPolicy, u32)>,
}

impl Rules {
    /// The rules of some places.
    pub(super) fn read(conn: &mut PgConnection, places: &BTreeSet<Place>) -> Result<Self, Error> {
        let touched: BTreeSet<WarehouseId> = places.iter().map(|place| place.warehouse).collect();
        let rows: Vec<(WarehouseId, AllocationPolicy, i32)> = warehouses::table
            .filter(warehouses::id.eq_any(touched))
            .select((
                warehouses::id,
                warehouses::allocation_policy,
                warehouses::collect_after_days,
            ))
            .load(conn)?;
        let held_orders_keep_stock = company::table
            .select(company::held_orders_keep_stock)
            .first(conn)?;
        let policies = rows
            .into_iter()
            .map(|(id, policy, days)| (id, (policy, days.unsigned_abs())))
            .collect();
        Ok(Self {
            held_orders_keep_stock,
            policies,
        })
    }

    pub(super) fn complete_first(&self, warehouse: WarehouseId) -> bool {
        let policy = self.policies.get(&warehouse);
        matches!(policy, Some((AllocationPolicy::CompleteFirst, _)))
    }
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
    let locking = diesel::sql_query(how).bind::<diesel::sql_types::BigInt, _>(RULES);
    locking.execute(conn).map(|_| ())
}
