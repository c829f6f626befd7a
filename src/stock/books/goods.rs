//! What is coming, what arrives, and what is found to be there.

use super::open::{Books, Movement};
use super::shelf::OpenSupply;
use crate::stock::error::Error;
use crate::stock::happening::Expect;
use crate::stock::model::{MoveReason, Place};
use crate::stock::origin::Origin;
use crate::types::{Change, MovementId, PurchaseLineId, Quantity, ReceptionId};

impl Books {
    pub(super) fn expect(&mut self, expect: &Expect) -> Result<(), Error> {
        let now = (expect.quantity, expect.due_on);
        self.shelf(expect.place)?
            .supply
            .entry(expect.of)
            .and_modify(|supply| supply.now = now)
            .or_insert(OpenSupply {
                id: None,
                was: None,
                now,
            });
        Ok(())
    }

    pub(super) fn receive(
        &mut self,
        line: PurchaseLineId,
        place: Place,
        quantity: Quantity,
        reception: Option<ReceptionId>,
    ) -> Result<(), Error> {
        let shelf = self.shelf(place)?;
        shelf.on_hand += quantity;
        if let Some(supply) = shelf.supply.get_mut(&Origin::Purchase(line)) {
            supply.now.0 = supply.now.0.less(quantity);
        }
        self.movements.push(Movement {
            reception,
            ..Movement::at(place, true, quantity, MoveReason::Reception)
        });
        Ok(())
    }

    /// Refused as [`Error::NotEnough`] when fewer lie there outside of parcels.
    pub(super) fn take_out(
        &mut self,
        place: Place,
        quantity: Quantity,
        reception: ReceptionId,
    ) -> Result<(), Error> {
        self.shelf(place)?.lose(place, quantity)?;
        self.movements.push(Movement {
            reception: Some(reception),
            ..Movement::at(place, false, quantity, MoveReason::Reception)
        });
        Ok(())
    }

    /// Refused as [`Error::NotEnough`] when more are to leave than lie there outside of parcels.
    pub(super) fn adjust(
        &mut self,
        place: Place,
        change: Change,
        reason: MoveReason,
        note: &str,
        corrects: Option<MovementId>,
    ) -> Result<(), Error> {
        let shelf = self.shelf(place)?;
        let units = Quantity::new(change.get().unsigned_abs());
        let comes = change.get() > 0;
        if comes {
            shelf.on_hand += units;
        } else {
            shelf.lose(place, units)?;
        }
        self.movements.push(Movement {
            note: note.to_owned(),
            corrects,
            ..Movement::at(place, comes, units, reason)
        });
        Ok(())
    }
}
