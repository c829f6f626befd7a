//! One place of open books: what lies there, who asks for it, what is coming.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::bins::{Bins, Part};
use super::demand::{Demand, OpenDemand};
use super::turn::OpenTurn;
use crate::stock::error::Error;
use crate::stock::model::Place;
use crate::stock::origin::Origin;
use crate::stock::queue::QueueKey;
use crate::types::{LocationId, OrderLineId, Quantity};

/// The balances of a place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::stock) struct Balances {
    pub(in crate::stock) on_hand: Quantity,
    /// Units beside these that a picker did not find.
    pub(in crate::stock) doubted: Quantity,
    pub(in crate::stock) reserved: Quantity,
    pub(in crate::stock) to_ship: Quantity,
    pub(in crate::stock) incoming: Quantity,
}

/// Which lines of a queue stand in the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::stock) enum Known {
    /// All.
    Everyone,
    /// Those that what happens names: nobody else is affected, and nothing is planned.
    Named,
    /// Those the plan must know. The rest of the queue keeps what it has; it is what the level
    /// counts and these lines do not.
    Affected,
}

/// One place of open books.
#[derive(Debug, Clone)]
pub(in crate::stock) struct OpenShelf {
    pub(in crate::stock) was: Balances,
    pub(in crate::stock) known: Known,
    pub(in crate::stock) on_hand: Quantity,
    pub(in crate::stock) doubted: Quantity,
    pub(in crate::stock) demand: BTreeMap<OrderLineId, OpenDemand>,
    pub(in crate::stock) supply: BTreeMap<Origin, OpenSupply>,
    /// Where there are any, every line is known.
    pub(in crate::stock) turns: Vec<OpenTurn>,
    /// `None`: the warehouse has none.
    pub(in crate::stock) bins: Option<Bins>,
}

/// Units on their way: as they were, and as they are becoming.
#[derive(Debug, Clone)]
pub(in crate::stock) struct OpenSupply {
    /// `None`: it is new.
    pub(in crate::stock) id: Option<i64>,
    pub(in crate::stock) was: Option<(Quantity, NaiveDate)>,
    pub(in crate::stock) now: (Quantity, NaiveDate),
}

impl OpenShelf {
    /// A place as it was read.
    pub(in crate::stock) fn read(was: Balances, known: Known) -> Self {
        Self {
            was,
            known,
            on_hand: was.on_hand,
            doubted: was.doubted,
            demand: BTreeMap::new(),
            supply: BTreeMap::new(),
            turns: Vec::new(),
            bins: None,
        }
    }

    /// A line that is in the books of this place.
    pub(super) fn of(&mut self, line: OrderLineId) -> Result<&mut OpenDemand, Error> {
        self.demand.get_mut(&line).ok_or(Error::NothingToShip)
    }

    /// Refused where not every line is known: somebody who is not might lose or gain.
    pub(super) fn must_know_everyone(&self) -> Result<(), Error> {
        match self.known {
            Known::Everyone => Ok(()),
            Known::Named | Known::Affected => Err(Error::OutOfReach),
        }
    }

    /// Units leave that are in no parcel.
    pub(super) fn lose(&mut self, place: Place, units: Quantity) -> Result<(), Error> {
        self.must_know_everyone()?;
        let taken: Quantity = self.demand.values().map(|demand| demand.now.taken).sum();
        if units > self.on_hand.less(taken) {
            return Err(Error::NotEnough {
                place,
                wanted: units,
                there: self.on_hand,
                in_parcels: taken,
                parcels: Vec::new(),
            });
        }
        self.on_hand = self.on_hand.less(units);
        Ok(())
    }

    /// Units that a picker did not find stay in the books, and nobody is given them.
    pub(super) fn doubt(&mut self, units: Quantity) {
        self.on_hand = self.on_hand.less(units);
        self.doubted += units;
    }

    /// Some that were doubted, no more than `most`, are on hand again: they were looked for.
    pub(super) fn settle(&mut self, bin: Option<LocationId>, most: Quantity) -> Result<(), Error> {
        self.must_know_everyone()?;
        let units = match (&mut self.bins, bin) {
            (Some(bins), Some(bin)) => bins.settle(bin, most)?,
            (Some(_), None) => Quantity::ZERO,
            (None, _) => self.doubted.min(most),
        };
        self.doubted = self.doubted.less(units);
        self.on_hand += units;
        Ok(())
    }

    /// Units come, into a bin where there are any; they may be there since before `at`.
    pub(super) fn put(
        &mut self,
        bin: Option<LocationId>,
        units: Quantity,
        at: DateTime<Utc>,
    ) -> Result<Option<LocationId>, Error> {
        match &mut self.bins {
            Some(bins) => bins.put(bin, units, at).map(Some),
            None if bin.is_some() => Err(Error::NoBins),
            None => Ok(None),
        }
    }

    /// Units leave that no parcel takes: out of a bin, or out of those that come first.
    pub(super) fn take(
        &mut self,
        bin: Option<LocationId>,
        units: Quantity,
    ) -> Result<Vec<Part>, Error> {
        match &mut self.bins {
            Some(bins) => bins.take(bin, units),
            None if bin.is_some() => Err(Error::NoBins),
            None => Ok(vec![(None, units)]),
        }
    }

    /// Whether what lies in a bin is on hand.
    pub(super) fn is_usable(&self, bin: Option<LocationId>) -> Result<bool, Error> {
        match (bin, &self.bins) {
            (Some(bin), Some(bins)) => bins.is_usable(bin),
            _ => Ok(true),
        }
    }

    /// Units of a line that take its own turn.
    pub(super) fn own(&self, line: OrderLineId, to_ship: Quantity) -> Quantity {
        let turns = self.turns.iter().filter(|turn| turn.line == line);
        to_ship.less(turns.map(|turn| turn.now).sum())
    }

    /// Units that a line misses in its own turn.
    pub(super) fn may_take(&self, line: OrderLineId, demand: &Demand) -> Quantity {
        demand.missing().min(self.own(line, demand.to_ship))
    }

    /// Units of a line leave, those served first; `to_ship` and `key` are as they were before.
    pub(super) fn served(
        &mut self,
        line: OrderLineId,
        key: QueueKey,
        to_ship: Quantity,
        units: Quantity,
    ) {
        self.spend(line, key, to_ship, (units, false));
    }

    /// A line asks for fewer units: those served last.
    pub(super) fn given_up(
        &mut self,
        line: OrderLineId,
        key: QueueKey,
        to_ship: Quantity,
        units: Quantity,
    ) {
        self.spend(line, key, to_ship, (units, true));
    }

    fn spend(
        &mut self,
        line: OrderLineId,
        key: QueueKey,
        to_ship: Quantity,
        (units, last): (Quantity, bool),
    ) {
        let mut own = self.own(line, to_ship);
        let turns = self.turns.iter_mut();
        let mut turns: Vec<&mut OpenTurn> = turns.filter(|turn| turn.line == line).collect();
        if turns.is_empty() {
            return;
        }
        turns.sort_by_key(|turn| turn.key);
        let earlier = turns.partition_point(|turn| turn.key <= key);
        let (before, after) = turns.split_at_mut(earlier);
        let before = before.iter_mut().map(|turn| &mut turn.now);
        let after = after.iter_mut().map(|turn| &mut turn.now);
        let mut served: Vec<&mut Quantity> = before.chain([&mut own]).chain(after).collect();
        if last {
            served.reverse();
        }
        let mut left = units;
        for now in served {
            let part = left.min(*now);
            *now = now.less(part);
            left = left.less(part);
        }
    }
}
