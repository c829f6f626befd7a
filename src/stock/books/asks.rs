//! What orders ask for.

use super::demand::{Demand, OpenDemand};
use super::open::Books;
use crate::stock::error::Error;
use crate::stock::happening::Ask;
use crate::types::{OrderId, OrderLineId, Quantity};

impl Books {
    /// Refused as [`Error::BeingPrepared`] when less is asked for than an operator already took.
    pub(super) fn ask(&mut self, ask: &Ask) -> Result<(), Error> {
        let elsewhere = self.left(ask);
        let shelf = self.shelf(ask.place)?;
        let before = shelf.demand.get(&ask.line).cloned();
        let stood = before.as_ref().map(|demand| &demand.now);
        let taken = stood.map_or(Quantity::ZERO, |stood| stood.taken);
        if ask.to_ship < taken {
            return Err(being_prepared(ask.line, taken));
        }
        let key = ask
            .key()
            .pinned(stood.and_then(|stood| stood.key.pinned_at()));
        let now = Demand {
            key,
            set: ask.set,
            held: ask.held,
            to_ship: ask.to_ship,
            reserved: stood.map_or(Quantity::ZERO, |stood| stood.reserved.min(ask.to_ship)),
            taken,
            covered_by: stood.and_then(|stood| stood.covered_by),
            uncovered: stood.map_or(Quantity::ZERO, |stood| stood.uncovered),
            moved: stood.is_some_and(|stood| stood.moved),
        };
        if let Some(stood) = stood {
            let fewer = stood.to_ship.less(now.to_ship);
            shelf.given_up(ask.line, stood.key, stood.to_ship, fewer);
        }
        let (was, earlier) = before.map_or((None, None), |before| (before.was, before.elsewhere));
        let open = OpenDemand {
            was,
            now,
            elsewhere: elsewhere.or(earlier),
        };
        shelf.demand.insert(ask.line, open);
        self.lines.insert(ask.line, ask.place);
        Ok(())
    }

    /// What the line had where it stood, when that is another place than it asks for.
    fn left(&self, ask: &Ask) -> Option<Demand> {
        let stood = self.lines.get(&ask.line)?;
        let left = self.shelves.get(stood).filter(|_| *stood != ask.place)?;
        left.demand.get(&ask.line)?.was.clone()
    }

    /// Refused as [`Error::BeingPrepared`] when an operator took units of it. A line that asks for
    /// nothing already is left alone.
    pub(super) fn withdraw(&mut self, line: OrderLineId) -> Result<(), Error> {
        let Ok((shelf, _)) = self.line(line) else {
            return Ok(());
        };
        let demand = shelf.of(line)?;
        if !demand.now.taken.is_zero() {
            return Err(being_prepared(line, demand.now.taken));
        }
        let (key, to_ship) = (demand.now.key, demand.now.to_ship);
        demand.now.to_ship = Quantity::ZERO;
        demand.now.reserved = Quantity::ZERO;
        shelf.given_up(line, key, to_ship, to_ship);
        Ok(())
    }

    /// What is in a parcel stays there.
    pub(super) fn hold(&mut self, order: OrderId, held: bool) {
        for (_, demand) in self.demand_of(order) {
            demand.now.held = held;
        }
    }
}

const fn being_prepared(line: OrderLineId, units: Quantity) -> Error {
    Error::BeingPrepared {
        line,
        units,
        parcels: Vec::new(),
    }
}
