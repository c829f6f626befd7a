//! What customers send back.

use super::open::{Books, Movement};
use crate::stock::error::Error;
use crate::stock::happening::Condition;
use crate::stock::model::{MoveReason, Place};
use crate::types::{LocationId, Quantity, ReturnId};

impl Books {
    /// Units come in; what is scrapped leaves again from where it came to. Refused as
    /// [`Error::NotUsable`] for good ones in a bin whose goods are not on hand.
    pub(super) fn take_back(
        &mut self,
        (place, bin): (Place, Option<LocationId>),
        units: Quantity,
        condition: Condition,
        (of, note): (ReturnId, &str),
    ) -> Result<(), Error> {
        let at = self.at;
        let shelf = self.shelf(place)?;
        let usable = shelf.is_usable(bin)?;
        if condition == Condition::Good && !usable {
            return Err(Error::NotUsable);
        }
        let bin = shelf.put(bin, units, at)?;
        let moved = |comes, reason| {
            let movement = Movement::at(place, comes, units, reason).through(bin);
            let movement = match usable {
                true => movement,
                false => movement.unusable(),
            };
            Movement {
                returned: Some(of),
                note: note.to_owned(),
                ..movement
            }
        };
        let came = moved(true, MoveReason::Return);
        if condition != Condition::Scrapped {
            if usable {
                shelf.on_hand += units;
            }
            self.movements.push(came);
            return Ok(());
        }
        shelf.take(bin, units)?;
        let left = moved(false, MoveReason::Scrap);
        self.movements.extend([came, left]);
        Ok(())
    }
}
