//! Where an order stands in a warehouse, derived from its lines.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, SmallInt, Timestamptz};

use crate::db::{Act, set_based};
use crate::stock::books::Books;
use crate::stock::queue::QueueKey;
use crate::types::{OrderId, WarehouseId};

/// An order in a warehouse, with its place in the queue there.
type Touched = ((OrderId, WarehouseId), QueueKey);

/// Derives the state of consignments from their lines. They are locked first, by order and
/// warehouse: two changes of one order in different places must not both read the other's past.
pub(super) fn derive(act: &mut Act<'_>, books: &Books) -> QueryResult<()> {
    let changed = books.demand().filter(|(_, _, demand)| demand.changed());
    let mut touched: BTreeMap<(OrderId, WarehouseId), QueueKey> = BTreeMap::new();
    let mut moves = false;
    for (place, _, demand) in changed {
        let now = demand.now.key;
        moves |= demand.was.as_ref().is_none_or(|was| was.key != now);
        touched.insert((now.order, place.warehouse), now);
    }
    if touched.is_empty() {
        return Ok(());
    }
    let touched: Vec<Touched> = touched.into_iter().collect();
    if moves {
        place(act, &touched)?;
    } else {
        lock(act, &touched)?;
    }
    let at = act.at();
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

/// Makes those that are not there, and gives them their place in the queue. (A conflict locks the row
/// even where nothing is to be updated.)
fn place(act: &mut Act<'_>, touched: &[Touched]) -> QueryResult<usize> {
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
        touched, |((order, warehouse), key)|
        order_id: BigInt = *order,
        warehouse: BigInt = *warehouse,
        rank: SmallInt = key.priority_rank,
        required_by: Date = key.required_by,
        placed_at: Timestamptz = key.placed_at;
        now: Timestamptz = at
    )
    .execute(act.conn())
}

/// All are there, and stay where they are in the queue.
fn lock(act: &mut Act<'_>, touched: &[Touched]) -> QueryResult<usize> {
    set_based!(
        "select from :rows join consignments c on c.order_id = u.order_id
           and c.warehouse_id = u.warehouse
         order by c.order_id, c.warehouse_id for no key update of c",
        touched, |((order, warehouse), _)|
        order_id: BigInt = *order,
        warehouse: BigInt = *warehouse
    )
    .execute(act.conn())
}
