//! The bins of one place: what lies in each, and what of it parcels take.

mod goods;
mod holds;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::catalog::{LocationKind, PickBy};
use crate::stock::error::Error;
use crate::types::{LocationId, OrderLineId, Quantity};

/// The bins of one place of a warehouse that has some.
#[derive(Debug, Clone)]
pub(in crate::stock) struct Bins {
    pub(super) pick_by: PickBy,
    /// Bins where the product lies, where goods arrive, and those that are named.
    pub(in crate::stock) bins: BTreeMap<LocationId, Bin>,
    /// Units that parcels of lines take from a bin: before, and now.
    pub(in crate::stock) holds: BTreeMap<(OrderLineId, LocationId), (Quantity, Quantity)>,
}

/// One bin, and what of one product lies in it.
#[derive(Debug, Clone)]
pub(in crate::stock) struct Bin {
    pub(in crate::stock) spot: Spot,
    pub(in crate::stock) was: Content,
    pub(in crate::stock) now: Content,
}

/// Units in a bin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::stock) struct Content {
    pub(in crate::stock) quantity: Quantity,
    /// Of these, units that parcels take.
    pub(in crate::stock) held: Quantity,
    /// Units that a picker did not find.
    pub(in crate::stock) doubted: Quantity,
    /// Since when there are any.
    pub(in crate::stock) since: Option<DateTime<Utc>>,
}

/// What a bin is, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::stock) struct Spot {
    pub(in crate::stock) kind: LocationKind,
    pub(in crate::stock) walk: i32,
    pub(in crate::stock) is_active: bool,
}

/// Units out of a bin; `None`: the warehouse has none.
pub(super) type Part = (Option<LocationId>, Quantity);

impl Content {
    /// Units that no parcel takes and nobody doubts.
    pub(super) fn free(&self) -> Quantity {
        self.there().less(self.held)
    }

    /// Units that nobody doubts.
    pub(super) fn there(&self) -> Quantity {
        self.quantity.less(self.doubted)
    }
}

impl Bins {
    pub(in crate::stock) fn new(pick_by: PickBy) -> Self {
        Self {
            pick_by,
            bins: BTreeMap::new(),
            holds: BTreeMap::new(),
        }
    }

    pub(super) fn is_usable(&self, bin: LocationId) -> Result<bool, Error> {
        Ok(self.bin(bin)?.spot.kind.is_usable())
    }

    /// Units of a bin that were doubted are as good as any; how many, of those that are asked for.
    pub(super) fn settle(&mut self, bin: LocationId, most: Quantity) -> Result<Quantity, Error> {
        let content = &mut self.bin_mut(bin)?.now;
        let units = content.doubted.min(most);
        content.doubted = content.doubted.less(units);
        Ok(units)
    }

    fn bin(&self, bin: LocationId) -> Result<&Bin, Error> {
        self.bins.get(&bin).ok_or(Error::NoSuchBin)
    }

    fn bin_mut(&mut self, bin: LocationId) -> Result<&mut Bin, Error> {
        self.bins.get_mut(&bin).ok_or(Error::NoSuchBin)
    }

    /// Usable bins that units are taken from, in their order, and how many from each.
    fn choose(&self, units: Quantity) -> Result<Vec<(LocationId, Quantity)>, Error> {
        let usable = self
            .bins
            .iter()
            .filter(|(_, bin)| bin.spot.kind.is_usable() && !bin.now.free().is_zero());
        let mut usable: Vec<(LocationId, &Bin)> = usable.map(|(id, bin)| (*id, bin)).collect();
        usable.sort_by_key(|(id, bin)| (self.comes(bin), bin.spot.walk, *id));
        let mut left = units;
        let mut parts = Vec::new();
        for (id, bin) in usable {
            let part = bin.now.free().min(left);
            if !part.is_zero() {
                parts.push((id, part));
            }
            left = left.less(part);
        }
        match left.is_zero() {
            true => Ok(parts),
            false => Err(Error::OutOfReach),
        }
    }

    /// Bins with less come first; the walk decides between equals.
    fn comes(&self, bin: &Bin) -> i64 {
        match self.pick_by {
            PickBy::Walk => 0,
            PickBy::Emptying => i64::from(bin.now.free().get()),
            PickBy::FirstIn => bin
                .now
                .since
                .map_or(i64::MAX, |since| since.timestamp_micros()),
        }
    }
}

impl Content {
    fn remove(&mut self, units: Quantity) {
        self.quantity = self.quantity.less(units);
        if self.quantity.is_zero() {
            self.since = None;
        }
    }
}
