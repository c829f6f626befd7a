//! Where an order stands in a warehouse, derived from its lines.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, SmallInt, Timestamptz};

use crate::stock::model::Cause;
use crate::types::{OrderId, WarehouseId};

/// The place in the queue of an order, as its consignment carries it.
pub(in crate::stock) struct Consigned {
    pub(in crate::stock) priority_rank: i16,
    pub(in crate::stock) required_by: NaiveDate,
    pub(in crate::stock) placed_at: DateTime<Utc>,
}

/// Derives the state of consignments from their lines. They are locked first, by order and
/// warehouse: two settlements of one order in different places must not both read the other's past.
/// (A conflict locks the row even where nothing is to be updated.)
pub(in crate::stock) fn consignments(
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
    diesel::sql_query(include_str!("../consignments.sql"))
        .bind::<Array<BigInt>, _>(&orders)
        .bind::<Array<BigInt>, _>(&warehouses)
        .bind::<Timestamptz, _>(cause.at)
        .execute(conn)?;
    Ok(())
}
