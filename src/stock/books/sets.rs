//! Kits in open books: of which all parts are to be planned.

use std::collections::{HashMap, HashSet};

use super::demand::Demand;
use super::open::Books;
use super::shelf::{Known, OpenShelf};
use crate::stock::reach::{KitsRead, Robbed};
use crate::types::OrderLineId;

impl Books {
    /// Kits of which a part is to be planned and another is not: nothing that happens reaches them, so
    /// they keep what they hold.
    pub(in crate::stock) fn kits_apart(&self) -> HashSet<OrderLineId> {
        let mut found: HashMap<OrderLineId, i16> = HashMap::new();
        let mut wanted: HashMap<OrderLineId, i16> = HashMap::new();
        for set in self.planned().filter_map(|demand| demand.set) {
            *found.entry(set.kit).or_default() += 1;
            wanted.insert(set.kit, set.parts);
        }
        let apart = wanted.into_iter();
        apart
            .filter(|(kit, parts)| found[kit] != *parts)
            .map(|(kit, _)| kit)
            .collect()
    }

    /// Whether one of them may be reached after all: it was sold while these books waited for their
    /// locks.
    pub(in crate::stock) fn misses_parts(&self) -> bool {
        let apart = self.kits_apart();
        if apart.is_empty() {
            return false;
        }
        let KitsRead { from, all_waiting } = self.kits_read;
        let mut shelves = self.planned_shelves();
        shelves.any(|shelf| {
            let gives = all_waiting || shelf.gives();
            let mut demand = shelf.demand.values().map(|demand| &demand.now);
            demand.any(|now| {
                let is_apart = now.set.is_some_and(|set| apart.contains(&set.kit));
                let waits = gives && !now.missing().is_zero();
                is_apart && (waits || Robbed::From(now.key) >= from)
            })
        })
    }

    fn planned(&self) -> impl Iterator<Item = &Demand> {
        let open = self
            .planned_shelves()
            .flat_map(|shelf| shelf.demand.values());
        open.filter(|demand| demand.waits())
            .map(|demand| &demand.now)
    }

    fn planned_shelves(&self) -> impl Iterator<Item = &OpenShelf> {
        let shelves = self.shelves.values();
        shelves.filter(|shelf| shelf.known != Known::Named)
    }
}

impl OpenShelf {
    /// Whether it had anything that nobody holds, or anything on its way.
    fn gives(&self) -> bool {
        self.was.on_hand > self.was.reserved || !self.was.incoming.is_zero()
    }
}
