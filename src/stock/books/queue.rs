//! Who is served first, by hand.

use super::open::Books;
use crate::stock::error::Error;
use crate::types::OrderLineId;

impl Books {
    /// Refused as [`Error::NothingToShip`] when it is in no queue, or as [`Error::Pinned`].
    pub(super) fn pin(&mut self, line: OrderLineId) -> Result<(), Error> {
        let at = self.at;
        let demand = self.line(line)?.0.of(line)?;
        if demand.now.key.pinned_at().is_some() {
            return Err(Error::Pinned);
        }
        demand.now.key = demand.now.key.pinned(Some(at));
        Ok(())
    }

    /// Refused as [`Error::NothingToShip`] when it is in no queue, or as [`Error::NotPinned`].
    pub(super) fn unpin(&mut self, line: OrderLineId) -> Result<(), Error> {
        let demand = self.line(line)?.0.of(line)?;
        if demand.now.key.pinned_at().is_none() {
            return Err(Error::NotPinned);
        }
        demand.now.key = demand.now.key.pinned(None);
        Ok(())
    }
}
