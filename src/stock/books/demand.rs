//! What a line asks of its place, and what it got.

use chrono::NaiveDate;

use crate::stock::kit::InSet;
use crate::stock::origin::Origin;
use crate::stock::queue::QueueKey;
use crate::types::Quantity;

/// What a line asks of its place, and what it got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::stock) struct Demand {
    pub(in crate::stock) key: QueueKey,
    pub(in crate::stock) set: Option<InSet>,
    pub(in crate::stock) held: bool,
    pub(in crate::stock) to_ship: Quantity,
    pub(in crate::stock) reserved: Quantity,
    pub(in crate::stock) taken: Quantity,
    pub(in crate::stock) covered_by: Option<(Origin, NaiveDate)>,
    pub(in crate::stock) uncovered: Quantity,
    /// Whether it waited for another day before, or had its units and lost some of them.
    pub(in crate::stock) moved: bool,
}

impl Demand {
    /// Units to ship that are not reserved.
    pub(in crate::stock) const fn missing(&self) -> Quantity {
        self.to_ship.less(self.reserved)
    }

    /// Reserved units that are in no parcel.
    pub(super) const fn untaken(&self) -> Quantity {
        self.reserved.less(self.taken)
    }

    /// The date on which the last missing unit is expected, of a line that waits; `None` when it
    /// does not wait. The inner `None`: that unit is not on order.
    pub(in crate::stock) fn promise(&self) -> Option<Option<NaiveDate>> {
        (self.reserved < self.to_ship).then(|| self.covered_by.map(|(_, date)| date))
    }
}

/// A line in its queue: as it was, and as it is becoming.
#[derive(Debug, Clone)]
pub(in crate::stock) struct OpenDemand {
    pub(in crate::stock) was: Option<Demand>,
    pub(in crate::stock) now: Demand,
    /// What it had in another place, which it leaves for this one.
    pub(super) elsewhere: Option<Demand>,
}

impl OpenDemand {
    pub(super) fn read(demand: Demand) -> Self {
        Self {
            was: Some(demand.clone()),
            now: demand,
            elsewhere: None,
        }
    }

    /// What it had before, here or in the place it comes from.
    pub(in crate::stock) const fn before(&self) -> Option<&Demand> {
        match &self.was {
            Some(was) => Some(was),
            None => self.elsewhere.as_ref(),
        }
    }

    /// Whether a row is to be written, changed or removed.
    pub(in crate::stock) fn changed(&self) -> bool {
        match &self.was {
            Some(was) => *was != self.now,
            None => self.waits(),
        }
    }

    /// Whether it asks for the same as before in the same turn: what changed is what it is given.
    pub(in crate::stock) fn asks_the_same(&self) -> bool {
        let asks = |of: &Demand| (of.key, of.set, of.held, of.to_ship, of.taken);
        let was = self.was.as_ref().map(asks);
        was == Some(asks(&self.now))
    }

    /// Whether it joins the queue.
    pub(in crate::stock) fn is_new(&self) -> bool {
        self.was.is_none() && self.waits()
    }

    /// Whether it waits for another day than before, or had its units and lost some of them; if not
    /// now, then earlier.
    pub(in crate::stock) fn is_moved(&self) -> bool {
        let Some(before) = self.before() else {
            return false;
        };
        let moves = match (before.promise(), self.now.promise()) {
            (Some(Some(was)), Some(now)) => now != Some(was),
            (None, Some(_)) => self.now.to_ship <= before.to_ship,
            _ => false,
        };
        before.moved || moves
    }

    /// Whether it leaves the queue: nothing is left to ship.
    pub(in crate::stock) fn is_finished(&self) -> bool {
        self.was.is_some() && !self.waits()
    }

    /// Whether it stands in the queue.
    pub(in crate::stock) const fn waits(&self) -> bool {
        !self.now.to_ship.is_zero()
    }
}
