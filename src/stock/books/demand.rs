//! What orders ask for.

use chrono::NaiveDate;

use super::Books;
use crate::stock::error::Error;
use crate::stock::happening::Ask;
use crate::stock::queue::QueueKey;
use crate::types::{OrderId, OrderLineId, PurchaseLineId, Quantity};

/// What a line asks of its place, and what it got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::stock) struct Demand {
    pub(in crate::stock) key: QueueKey,
    pub(in crate::stock) held: bool,
    pub(in crate::stock) to_ship: Quantity,
    pub(in crate::stock) reserved: Quantity,
    pub(in crate::stock) taken: Quantity,
    pub(in crate::stock) covered_by: Option<(PurchaseLineId, NaiveDate)>,
    pub(in crate::stock) uncovered: Quantity,
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
}

impl OpenDemand {
    pub(super) fn read(demand: Demand) -> Self {
        Self {
            was: Some(demand.clone()),
            now: demand,
        }
    }

    /// Whether a row is to be written, changed or removed.
    pub(in crate::stock) fn changed(&self) -> bool {
        match &self.was {
            Some(was) => *was != self.now,
            None => self.waits(),
        }
    }

    /// Whether it joins the queue.
    pub(in crate::stock) fn is_new(&self) -> bool {
        self.was.is_none() && self.waits()
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

impl Books {
    /// Refused as [`Error::BeingPrepared`] when less is asked for than an operator already took.
    pub(super) fn ask(&mut self, ask: &Ask) -> Result<(), Error> {
        let shelf = self.shelf(ask.place)?;
        let before = shelf.demand.get(&ask.line).cloned();
        let stood = before.as_ref().map(|demand| &demand.now);
        let taken = stood.map_or(Quantity::ZERO, |stood| stood.taken);
        if ask.to_ship < taken {
            return Err(Error::BeingPrepared(taken));
        }
        let key = QueueKey::new(
            stood.and_then(|stood| stood.key.pinned_at()),
            ask.priority_rank,
            ask.required_by,
            ask.placed_at,
            ask.order,
            ask.line_number,
        );
        let now = Demand {
            key,
            held: ask.held,
            to_ship: ask.to_ship,
            reserved: stood.map_or(Quantity::ZERO, |stood| stood.reserved.min(ask.to_ship)),
            taken,
            covered_by: stood.and_then(|stood| stood.covered_by),
            uncovered: stood.map_or(Quantity::ZERO, |stood| stood.uncovered),
        };
        if let Some(stood) = stood {
            let fewer = stood.to_ship.less(now.to_ship);
            shelf.given_up(ask.line, stood.key, stood.to_ship, fewer);
        }
        let was = before.and_then(|before| before.was);
        shelf.demand.insert(ask.line, OpenDemand { was, now });
        self.lines.insert(ask.line, ask.place);
        Ok(())
    }

    /// Refused as [`Error::BeingPrepared`] when an operator took units of it. A line that asks for
    /// nothing already is left alone.
    pub(super) fn withdraw(&mut self, line: OrderLineId) -> Result<(), Error> {
        let Ok((shelf, _)) = self.line(line) else {
            return Ok(());
        };
        let demand = shelf.of(line)?;
        if !demand.now.taken.is_zero() {
            return Err(Error::BeingPrepared(demand.now.taken));
        }
        let (key, to_ship) = (demand.now.key, demand.now.to_ship);
        demand.now.to_ship = Quantity::ZERO;
        demand.now.reserved = Quantity::ZERO;
        shelf.given_up(line, key, to_ship, to_ship);
        Ok(())
    }

    /// Refused as [`Error::BeingPrepared`] when a parcel of it is being prepared.
    pub(super) fn hold(&mut self, order: OrderId, held: bool) -> Result<(), Error> {
        for (_, demand) in self.demand_of(order) {
            if held && !demand.now.taken.is_zero() {
                return Err(Error::BeingPrepared(demand.now.taken));
            }
            demand.now.held = held;
        }
        Ok(())
    }
}
