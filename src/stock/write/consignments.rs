//! Where an order stands in a warehouse, derived from its lines.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, SmallInt, Timestamptz};

use crate::db::{Act, set_based};
use crate::stock::books::Books;
use crate::stock::queue::QueueKey;
use crate::types::{OrderId, WarehouseId};

/// Derives the state of consignments from their lines. They are locked first, by order and
/// warehouse: two changes of one order in different places must not both read the other's past.
/// (A conflict locks the row even where nothing is to be updated.)
pub(super) fn derive(act: &mut Act<'_>, books: &Books) -> QueryResult<()> {
    let changed = books.demand().filter(|(_, _, demand)| demand.changed());
    let touched: BTreeMap<(OrderId, WarehouseId), QueueKey> = changed
        .map(|(place, _, demand)| ((demand.now.key.order, place.warehouse), demand.now.key))
        .collect();
    if touched.is_empty() {
        return Ok(());
    }
    let touched: Vec<_> = touched.into_iter().collect();
    let at = act.at();
    set_based!(
        "insert into consignments
           (order_id, warehouse_id, state, priority_rank, required_by, placed_at, changed_at)
         select u.order_id, u.warehouse, 'missing', u.rank, u.required_by, u.placed_at, :now
         from :rows
         order by u.order_id, u.warehouse
         on conflict (order_id, warehouse_id) do update
         set priority_rank = excluded.priority_rank, required_by = excluded.required_by,
           placed_at = excluded.placed_at
         where (consignments.priority_rank, consignments.required_by, consignments.placed_at)
           is distinct from (excluded.priority_rank, excluded.required_by, excluded.placed_at)",
        &touched, |((order, warehouse), key)|
        order_id: BigInt = *order,
        warehouse: BigInt = *warehouse,
        rank: SmallInt = key.priority_rank,
        required_by: Date = key.required_by,
        placed_at: Timestamptz = key.placed_at;
        now: Timestamptz = at
    )
    .execute(act.conn())?;
    set_based!(
        include_str!("consignments.sql"),
        &touched, |((order, warehouse), _)|
        order_id: BigInt = *order,
        warehouse: BigInt = *warehouse;
        now: Timestamptz = at
    )
    .execute(act.conn())?;
    Ok(())
}
