//! Where complete orders go first.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::super::queue::QueueKey;
use super::sets::{Lot, lots};
use super::shelf::Shelf;
use crate::types::{OrderId, Quantity};

/// Order by order: all that is missing, or nothing, unless the order waited long enough to collect;
/// then it takes what there is, of kits whole sets.
pub(super) fn serve(shelves: &[Shelf], collect_before: DateTime<Utc>) -> Vec<Vec<Quantity>> {
    let mut free: Vec<Quantity> = shelves.iter().map(Shelf::untaken).collect();
    let mut reserved: Vec<Vec<Quantity>> = shelves.iter().map(Shelf::taken).collect();
    let all: BTreeSet<usize> = (0..shelves.len()).collect();

    let lots = lots(shelves, &reserved, &all, Shelf::in_own_turn);
    for (_, lots) in orders_in_queue_order(lots) {
        let mut wanted: BTreeMap<usize, Quantity> = BTreeMap::new();
        for (shelf, units) in lots.iter().flat_map(Lot::missing) {
            *wanted.entry(shelf).or_default() += units;
        }
        let complete = wanted.iter().all(|(&shelf, &units)| units <= free[shelf]);
        let collects = lots.iter().any(|lot| lot.key.placed_at < collect_before);
        if complete || collects {
            for lot in lots.iter().filter(|lot| lot.eligible) {
                lot.take(&mut free, &mut reserved);
            }
        }
    }
    reserved
}

/// What each order misses, orders by the first of their places in the queue.
fn orders_in_queue_order(lots: Vec<Lot>) -> Vec<(QueueKey, Vec<Lot>)> {
    let mut orders: BTreeMap<OrderId, (QueueKey, Vec<Lot>)> = BTreeMap::new();
    for lot in lots {
        let (first, of_order) = orders
            .entry(lot.key.order)
            .or_insert_with(|| (lot.key, Vec::new()));
        *first = (*first).min(lot.key);
        of_order.push(lot);
    }
    let mut orders: Vec<_> = orders.into_values().collect();
    orders.sort_by_key(|(key, _)| *key);
    orders
}
