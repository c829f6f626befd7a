//! What is coming, what arrives, and what is found to be there.

use super::open::{Books, Movement};
use super::shelf::OpenSupply;
use crate::stock::error::Error;
use crate::stock::happening::Expect;
use crate::stock::model::{MoveReason, Place};
use crate::stock::origin::Origin;
use crate::types::{
    Change, CountId, LocationId, MovementId, PurchaseLineId, Quantity, ReceptionId,
};

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

    /// Refused as [`Error::NotUsable`] for a bin whose goods are not on hand.
    pub(super) fn receive(
        &mut self,
        line: PurchaseLineId,
        place: Place,
        (quantity, bin): (Quantity, Option<LocationId>),
        reception: Option<ReceptionId>,
    ) -> Result<(), Error> {
        let at = self.at;
        let shelf = self.shelf(place)?;
        if !shelf.is_usable(bin)? {
            return Err(Error::NotUsable);
        }
        let bin = shelf.put(bin, quantity, at)?;
        shelf.on_hand += quantity;
        if let Some(supply) = shelf.supply.get_mut(&Origin::Purchase(line)) {
            supply.now.0 = supply.now.0.less(quantity);
        }
        self.movements.push(Movement {
            reception,
            ..Movement::at(place, true, quantity, MoveReason::Reception).through(bin)
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
        let shelf = self.shelf(place)?;
        shelf.lose(place, quantity)?;
        for (bin, units) in shelf.take(None, quantity)? {
            self.movements.push(Movement {
                reception: Some(reception),
                ..Movement::at(place, false, units, MoveReason::Reception).through(bin)
            });
        }
        Ok(())
    }

    /// The opposite of a movement, in its bin as long as there are any. Refused as
    /// [`Error::Scattered`] when what came without a bin lies in several since.
    pub(super) fn correct(
        &mut self,
        movement: MovementId,
        (place, bin): (Place, Option<LocationId>),
        change: Change,
        (reason, note): (MoveReason, &str),
    ) -> Result<(), Error> {
        let bin = bin.filter(|_| {
            self.shelves
                .get(&place)
                .is_some_and(|shelf| shelf.bins.is_some())
        });
        let before = self.movements.len();
        self.adjust((place, bin), change, reason, note)?;
        match &mut self.movements[before..] {
            [opposite] => opposite.corrects = Some(movement),
            _ => return Err(Error::Scattered),
        }
        Ok(())
    }

    /// Nothing is doubted there any more.
    pub(super) fn settle(&mut self, place: Place, bin: Option<LocationId>) -> Result<(), Error> {
        let shelf = self.shelf(place)?;
        shelf.settle(bin, shelf.doubted)
    }

    /// Refused as [`Books::adjust`] is.
    pub(super) fn count(
        &mut self,
        at: (Place, Option<LocationId>),
        change: Change,
        count: Option<CountId>,
    ) -> Result<(), Error> {
        let before = self.movements.len();
        self.adjust(at, change, MoveReason::Count, "")?;
        for movement in &mut self.movements[before..] {
            movement.count = count;
        }
        Ok(())
    }

    /// Refused as [`Error::NotEnough`] when more are to leave than lie there outside of parcels, and as
    /// [`Error::NotInBin`] when it is so of the bin.
    pub(super) fn adjust(
        &mut self,
        (place, bin): (Place, Option<LocationId>),
        change: Change,
        reason: MoveReason,
        note: &str,
    ) -> Result<(), Error> {
        let at = self.at;
        let shelf = self.shelf(place)?;
        let units = Quantity::new(change.get().unsigned_abs());
        let comes = change.get() > 0;
        let usable = shelf.is_usable(bin)?;
        let parts = if comes {
            let bin = shelf.put(bin, units, at)?;
            if usable {
                shelf.on_hand += units;
            }
            vec![(bin, units)]
        } else {
            if usable {
                // What was not found before is what is gone now.
                shelf.settle(bin, units)?;
                shelf.lose(place, units)?;
            }
            shelf.take(bin, units)?
        };
        for (bin, units) in parts {
            let movement = Movement::at(place, comes, units, reason).through(bin);
            let movement = match usable {
                true => movement,
                false => movement.unusable(),
            };
            self.movements.push(Movement {
                note: note.to_owned(),
                ..movement
            });
        }
        Ok(())
    }

    /// Units change bins. Refused as [`Error::NotInBin`] when fewer lie there that no parcel takes, and
    /// as [`Error::NotEnough`] when orders in parcels need what would not be usable any more.
    pub(super) fn put_away(
        &mut self,
        place: Place,
        (from, to): (LocationId, LocationId),
        units: Quantity,
        note: &str,
    ) -> Result<(), Error> {
        let at = self.at;
        let shelf = self.shelf(place)?;
        let Some(bins) = &mut shelf.bins else {
            return Err(Error::NoBins);
        };
        let (was, will) = (bins.is_usable(from)?, bins.is_usable(to)?);
        bins.shift(from, to, units, at)?;
        match (was, will) {
            (true, false) => shelf.lose(place, units)?,
            (false, true) => shelf.on_hand += units,
            _ => {}
        }
        self.movements.push(Movement {
            from: was.then_some(place.warehouse),
            to: will.then_some(place.warehouse),
            from_bin: Some(from),
            to_bin: Some(to),
            note: note.to_owned(),
            ..Movement::at(place, true, units, MoveReason::PutAway)
        });
        Ok(())
    }
}
