//! What operators take, give back and ship.

use super::open::{Books, Movement};
use crate::stock::error::Error;
use crate::stock::model::{MoveReason, Place};
use crate::types::{LocationId, OrderId, OrderLineId, Quantity, ShipmentId, WarehouseId};

impl Books {
    /// Takes all that is reserved, or nothing. Refused as [`Error::NothingReserved`],
    /// [`Error::Incomplete`], or [`Error::AlreadyTaken`] when somebody was first.
    pub(super) fn take(
        &mut self,
        order: OrderId,
        warehouse: WarehouseId,
        at_least: Quantity,
    ) -> Result<(), Error> {
        let here = self.lines_of(order, warehouse);
        if here.iter().any(|(.., taken)| !taken.is_zero()) {
            return Err(Error::AlreadyTaken);
        }
        let reserved: Quantity = here.iter().map(|(_, _, reserved, _)| *reserved).sum();
        if reserved.is_zero() {
            return Err(Error::NothingReserved);
        }
        if reserved < at_least {
            return Err(Error::Incomplete(at_least.less(reserved)));
        }
        for (place, line, reserved, _) in here {
            let shelf = self.shelf(place)?;
            shelf.of(line)?.now.taken = reserved;
            if let Some(bins) = &mut shelf.bins {
                bins.hold(line, reserved)?;
            }
        }
        Ok(())
    }

    pub(super) fn put_back(&mut self, order: OrderId, warehouse: WarehouseId) -> Result<(), Error> {
        for (place, line, ..) in self.lines_of(order, warehouse) {
            let shelf = self.shelf(place)?;
            shelf.of(line)?.now.taken = Quantity::ZERO;
            if let Some(bins) = &mut shelf.bins {
                bins.release_all(line)?;
            }
        }
        Ok(())
    }

    /// Refused as [`Error::NotHeld`] when its parcel takes fewer.
    pub(super) fn leave_out(
        &mut self,
        line: OrderLineId,
        (bin, units): (Option<LocationId>, Quantity),
        missing: bool,
    ) -> Result<(), Error> {
        let (shelf, _) = self.line(line)?;
        let demand = shelf.of(line)?;
        if demand.now.taken < units {
            return Err(Error::NotHeld(demand.now.taken));
        }
        demand.now.taken = demand.now.taken.less(units);
        if let Some(bins) = &mut shelf.bins {
            bins.leave_out(line, (bin, units), missing)?;
        }
        if missing {
            shelf.doubt(units);
        }
        Ok(())
    }

    /// The lines of an order in a warehouse: where each stands, and its units reserved and taken.
    fn lines_of(
        &self,
        order: OrderId,
        warehouse: WarehouseId,
    ) -> Vec<(Place, OrderLineId, Quantity, Quantity)> {
        let here = self.demand().filter(|(place, _, demand)| {
            demand.now.key.order == order && place.warehouse == warehouse
        });
        here.map(|(place, line, demand)| (place, line, demand.now.reserved, demand.now.taken))
            .collect()
    }

    /// The parcel of a line takes units from another bin. Refused as [`Error::NotHeld`] or
    /// [`Error::NotInBin`].
    pub(super) fn hold_elsewhere(
        &mut self,
        line: OrderLineId,
        (from, to): (LocationId, LocationId),
        units: Quantity,
    ) -> Result<(), Error> {
        match &mut self.line(line)?.0.bins {
            Some(bins) => bins.hold_elsewhere(line, from, to, units),
            None => Err(Error::NoBins),
        }
    }

    /// Refused as [`Error::NothingToShip`] when the line did not take that many.
    pub(super) fn ship(
        &mut self,
        line: OrderLineId,
        quantity: Quantity,
        shipment: ShipmentId,
    ) -> Result<(), Error> {
        let (shelf, place) = self.line(line)?;
        let demand = shelf.of(line)?;
        if quantity.is_zero() || demand.now.taken < quantity {
            return Err(Error::NothingToShip);
        }
        let (key, to_ship) = (demand.now.key, demand.now.to_ship);
        demand.now.taken = demand.now.taken.less(quantity);
        demand.now.reserved = demand.now.reserved.less(quantity);
        demand.now.to_ship = to_ship.less(quantity);
        shelf.on_hand = shelf.on_hand.less(quantity);
        shelf.served(line, key, to_ship, quantity);
        let parts = match &mut shelf.bins {
            Some(bins) => bins.ship(line, quantity)?,
            None => vec![(None, quantity)],
        };
        for (bin, units) in parts {
            self.movements.push(Movement {
                shipment: Some(shipment),
                ..Movement::at(place, false, units, MoveReason::Shipment).through(bin)
            });
        }
        Ok(())
    }

    /// Units that left lie in their parcel again. Refused as [`Error::NothingToShip`] when the line does not ask
    /// for that many.
    pub(super) fn bring_back(
        &mut self,
        line: OrderLineId,
        place: Place,
        (quantity, bin): (Quantity, Option<LocationId>),
        shipment: ShipmentId,
    ) -> Result<(), Error> {
        let at = self.at;
        let shelf = self.shelf(place)?;
        let demand = shelf.of(line)?;
        let taken = demand.now.taken + quantity;
        if quantity.is_zero() || demand.now.to_ship < taken {
            return Err(Error::NothingToShip);
        }
        demand.now.taken = taken;
        demand.now.reserved = demand.now.reserved.max(taken);
        let bin = shelf.put(bin, quantity, at)?;
        shelf.on_hand += quantity;
        if let (Some(bins), Some(bin)) = (&mut shelf.bins, bin) {
            bins.hold_in(line, bin, quantity)?;
        }
        self.movements.push(Movement {
            shipment: Some(shipment),
            ..Movement::at(place, true, quantity, MoveReason::Shipment).through(bin)
        });
        Ok(())
    }
}
