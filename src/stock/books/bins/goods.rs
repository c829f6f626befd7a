//! Goods come into bins, leave them, and change them.

use chrono::{DateTime, Utc};

use super::{Bins, Part};
use crate::catalog::LocationKind;
use crate::stock::error::Error;
use crate::types::{LocationId, Quantity};

impl Bins {
    /// Where goods arrive that nobody says a bin for: the first dock of the walk.
    fn dock(&self) -> Result<LocationId, Error> {
        let docks = self
            .bins
            .iter()
            .filter(|(_, bin)| bin.spot.kind == LocationKind::Dock && bin.spot.is_active);
        let first = docks.min_by_key(|(id, bin)| (bin.spot.walk, **id));
        first.map(|(id, _)| *id).ok_or(Error::NoDock)
    }

    /// Units that are known since an instant come into a bin, or onto the dock.
    pub(in crate::stock::books) fn put(
        &mut self,
        bin: Option<LocationId>,
        units: Quantity,
        since: DateTime<Utc>,
    ) -> Result<LocationId, Error> {
        let into = match bin {
            Some(bin) => bin,
            None => self.dock()?,
        };
        let bin = self.bin_mut(into)?;
        if !bin.spot.is_active {
            return Err(Error::BinArchived);
        }
        bin.now.since = bin.now.since.into_iter().chain([since]).min();
        bin.now.quantity += units;
        Ok(into)
    }

    /// Units change bins, as long as no parcel takes them; first in, first out looks at when they came.
    pub(in crate::stock::books) fn shift(
        &mut self,
        from: LocationId,
        to: LocationId,
        units: Quantity,
        at: DateTime<Utc>,
    ) -> Result<(), Error> {
        let since = self.bin(from)?.now.since.unwrap_or(at);
        self.take(Some(from), units)?;
        self.put(Some(to), units, since).map(|_| ())
    }

    /// Units leave that no parcel takes: out of a bin, or out of those that come first.
    pub(in crate::stock::books) fn take(
        &mut self,
        bin: Option<LocationId>,
        units: Quantity,
    ) -> Result<Vec<Part>, Error> {
        let parts = match bin {
            Some(bin) => vec![(bin, units)],
            None => self.choose(units)?,
        };
        for (bin, units) in &parts {
            let content = &mut self.bin_mut(*bin)?.now;
            if content.free() < *units {
                return Err(Error::NotInBin {
                    wanted: *units,
                    there: content.there(),
                    held: content.held,
                });
            }
            content.remove(*units);
        }
        Ok(parts
            .into_iter()
            .map(|(bin, units)| (Some(bin), units))
            .collect())
    }
}
