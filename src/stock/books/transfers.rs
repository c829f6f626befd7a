//! What goes from one warehouse to another: it leaves one place, is under way, and reaches another.

use super::open::{Books, Movement};
use crate::stock::error::Error;
use crate::stock::model::{MoveReason, Place};
use crate::stock::origin::Origin;
use crate::types::{Quantity, TransferId, TransferLineId};

impl Books {
    /// Refused as [`Error::NotFree`] when units of orders would leave that may not, and as
    /// [`Error::NotEnough`] when fewer lie there outside of parcels.
    pub(super) fn depart(
        &mut self,
        place: Place,
        quantity: Quantity,
        transfer: TransferId,
        reserved_too: bool,
    ) -> Result<(), Error> {
        let shelf = self.shelf(place)?;
        let free = shelf.on_hand.less(shelf.balances().reserved);
        if quantity > free && quantity <= shelf.on_hand && !reserved_too {
            return Err(Error::NotFree { place, free });
        }
        shelf.lose(place, quantity)?;
        for (bin, units) in shelf.take(None, quantity)? {
            self.movements.push(Movement {
                transfer: Some(transfer),
                ..Movement::at(place, false, units, MoveReason::Transfer).through(bin)
            });
        }
        Ok(())
    }

    pub(super) fn arrive(
        &mut self,
        line: TransferLineId,
        place: Place,
        quantity: Quantity,
        transfer: TransferId,
    ) -> Result<(), Error> {
        let shelf = self.shelf(place)?;
        if let Some(supply) = shelf.supply.get_mut(&Origin::Transfer(line)) {
            supply.now.0 = supply.now.0.less(quantity);
        }
        self.come_back(place, quantity, transfer)
    }

    pub(super) fn come_back(
        &mut self,
        place: Place,
        quantity: Quantity,
        transfer: TransferId,
    ) -> Result<(), Error> {
        let at = self.at;
        let shelf = self.shelf(place)?;
        let bin = shelf.put(None, quantity, at)?;
        shelf.on_hand += quantity;
        self.movements.push(Movement {
            transfer: Some(transfer),
            ..Movement::at(place, true, quantity, MoveReason::Transfer).through(bin)
        });
        Ok(())
    }
}
