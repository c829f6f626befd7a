//! What parcels take is held in its bins, until it leaves or is given back.

use super::{Bins, Part};
use crate::stock::error::Error;
use crate::types::{LocationId, OrderLineId, Quantity};

impl Bins {
    /// A parcel of a line takes units, from the bins that come first: they are held there.
    pub(in crate::stock::books) fn hold(
        &mut self,
        line: OrderLineId,
        units: Quantity,
    ) -> Result<(), Error> {
        for (bin, units) in self.choose(units)? {
            self.hold_in(line, bin, units)?;
        }
        Ok(())
    }

    pub(in crate::stock::books) fn hold_in(
        &mut self,
        line: OrderLineId,
        bin: LocationId,
        units: Quantity,
    ) -> Result<(), Error> {
        self.bin_mut(bin)?.now.held += units;
        let hold = self.holds.entry((line, bin)).or_default();
        hold.1 += units;
        Ok(())
    }

    /// The parcel takes some of them from another bin.
    pub(in crate::stock::books) fn hold_elsewhere(
        &mut self,
        line: OrderLineId,
        from: LocationId,
        to: LocationId,
        units: Quantity,
    ) -> Result<(), Error> {
        let held = self
            .holds
            .get(&(line, from))
            .map_or(Quantity::ZERO, |hold| hold.1);
        if units > held {
            return Err(Error::NotHeld(held));
        }
        let other = self.bin(to)?;
        let (free, usable) = (other.now.free(), other.spot.kind.is_usable());
        if !usable || units > free {
            return Err(Error::NotInBin {
                wanted: units,
                there: if usable {
                    other.now.quantity
                } else {
                    Quantity::ZERO
                },
                held: other.now.held,
            });
        }
        self.release(line, from, units)?;
        self.hold_in(line, to, units)
    }

    /// The parcel of a line is given up: nothing is held for it any more.
    pub(in crate::stock::books) fn release_all(&mut self, line: OrderLineId) -> Result<(), Error> {
        for (bin, units) in self.held_for(line) {
            self.release(line, bin, units)?;
        }
        Ok(())
    }

    /// The parcel takes fewer units of a line, out of a bin or of any it takes from; where they should lie
    /// and do not, they are doubted.
    pub(in crate::stock::books) fn leave_out(
        &mut self,
        line: OrderLineId,
        (bin, units): (Option<LocationId>, Quantity),
        missing: bool,
    ) -> Result<(), Error> {
        let mut held = self.held_for(line);
        held.retain(|(each, _)| bin.is_none_or(|bin| bin == *each));
        let mut left = units;
        for (bin, held) in held.into_iter().rev() {
            let part = held.min(left);
            self.release(line, bin, part)?;
            if missing {
                self.bin_mut(bin)?.now.doubted += part;
            }
            left = left.less(part);
        }
        match left.is_zero() {
            true => Ok(()),
            false => Err(Error::NotHeld(units.less(left))),
        }
    }

    /// Units of a parcel leave its bins.
    pub(in crate::stock::books) fn ship(
        &mut self,
        line: OrderLineId,
        units: Quantity,
    ) -> Result<Vec<Part>, Error> {
        let mut left = units;
        let mut parts = Vec::new();
        for (bin, held) in self.held_for(line) {
            let part = held.min(left);
            if part.is_zero() {
                continue;
            }
            self.release(line, bin, part)?;
            self.bin_mut(bin)?.now.remove(part);
            left = left.less(part);
            parts.push((Some(bin), part));
        }
        match left.is_zero() {
            true => Ok(parts),
            false => Err(Error::OutOfReach),
        }
    }

    fn held_for(&self, line: OrderLineId) -> Vec<(LocationId, Quantity)> {
        let of_line = self.holds.iter().filter(|((of, _), _)| *of == line);
        of_line
            .map(|((_, bin), (_, now))| (*bin, *now))
            .filter(|(_, now)| !now.is_zero())
            .collect()
    }

    fn release(
        &mut self,
        line: OrderLineId,
        bin: LocationId,
        units: Quantity,
    ) -> Result<(), Error> {
        let content = &mut self.bin_mut(bin)?.now;
        content.held = content.held.less(units);
        let hold = self.holds.entry((line, bin)).or_default();
        hold.1 = hold.1.less(units);
        Ok(())
    }
}
