//! The allocation policies of a warehouse, on today's queue.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::books::Books;
use super::error::Error;
use super::{read, weigh};
use crate::catalog::AllocationPolicy;
use crate::schema::warehouses;
use crate::types::{OrderId, WarehouseId};

/// What a policy would make of today's queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comparison {
    pub policy: AllocationPolicy,
    /// Whether it is the one in force.
    pub is_current: bool,
    /// Orders that could leave the warehouse whole.
    pub ready: usize,
    /// Orders that would have some of what they want.
    pub partial: usize,
    /// Orders that would have nothing.
    pub missing: usize,
    /// Units that would lie for orders, none of which could leave whole.
    pub units_waiting: u64,
}

/// What each policy would make of the queue of a warehouse as it is now; nothing is written. Orders
/// on hold are not counted, as none of them leaves. Reads all open demand of the warehouse.
///
/// # Errors
/// `NotFound`, and those of the database.
pub fn compare_policies(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    at: DateTime<Utc>,
) -> Result<Vec<Comparison>, Error> {
    let (current, days): (AllocationPolicy, i32) = warehouses::table
        .filter(warehouses::id.eq(warehouse))
        .select((
            warehouses::allocation_policy,
            warehouses::collect_after_days,
        ))
        .first(conn)?;
    let mut books = read::peek_all(conn, warehouse, at)?;
    Ok(AllocationPolicy::ALL
        .iter()
        .map(|policy| {
            let rule = (*policy, days.unsigned_abs());
            books.rules.policies.insert(warehouse, rule);
            weigh::weigh(&mut books);
            count(&books, *policy, *policy == current)
        })
        .collect())
}

/// Units wanted and reserved of an order.
#[derive(Default)]
struct Stand {
    wanted: u64,
    reserved: u64,
}

fn count(books: &Books, policy: AllocationPolicy, is_current: bool) -> Comparison {
    let mut orders: BTreeMap<OrderId, Stand> = BTreeMap::new();
    for (_, _, demand) in books.demand().filter(|(_, _, demand)| !demand.now.held) {
        let stand = orders.entry(demand.now.key.order).or_default();
        stand.wanted += u64::from(demand.now.to_ship.get());
        stand.reserved += u64::from(demand.now.reserved.get());
    }
    let of = |is: fn(&Stand) -> bool| orders.values().filter(|stand| is(stand)).count();
    let waiting = orders
        .values()
        .filter(|stand| stand.reserved < stand.wanted);
    Comparison {
        policy,
        is_current,
        ready: of(|stand| stand.reserved == stand.wanted),
        partial: of(|stand| stand.reserved > 0 && stand.reserved < stand.wanted),
        missing: of(|stand| stand.reserved == 0),
        units_waiting: waiting.map(|stand| stand.reserved).sum(),
    }
}
