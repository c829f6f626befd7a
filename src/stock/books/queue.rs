//! Who is served first, by hand.

use chrono::{DateTime, Utc};

use super::Books;
use crate::stock::error::Error;
use crate::types::OrderLineId;

impl Books {
    /// A line goes before all that are not pinned, and behind those pinned earlier.
    ///
    /// # Errors
    /// [`Error::NothingToShip`] when it is in no queue, [`Error::Pinned`].
    pub fn pin(&mut self, line: OrderLineId, at: DateTime<Utc>) -> Result<(), Error> {
        let claim = self.claim(line).ok_or(Error::NothingToShip)?;
        if claim.now.key.pinned_at().is_some() {
            return Err(Error::Pinned);
        }
        claim.now.key = claim.now.key.pinned(Some(at));
        Ok(())
    }

    /// A line that was pinned takes its turn again.
    ///
    /// # Errors
    /// [`Error::NothingToShip`] when it is in no queue, [`Error::NotPinned`].
    pub fn unpin(&mut self, line: OrderLineId) -> Result<(), Error> {
        let claim = self.claim(line).ok_or(Error::NothingToShip)?;
        if claim.now.key.pinned_at().is_none() {
            return Err(Error::NotPinned);
        }
        claim.now.key = claim.now.key.pinned(None);
        Ok(())
    }
}
