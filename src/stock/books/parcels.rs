//! What operators take, give back and ship.

use super::open::{Books, Movement};
use crate::stock::error::Error;
use crate::stock::model::MoveReason;
use crate::types::{OrderId, OrderLineId, Quantity, ShipmentId, WarehouseId};

impl Books {
    /// Takes all that is reserved, or nothing. Refused as [`Error::NothingReserved`],
    /// [`Error::Incomplete`], or [`Error::AlreadyTaken`] when somebody was first.
    pub(super) fn take(
        &mut self,
        order: OrderId,
        warehouse: WarehouseId,
        at_least: Quantity,
    ) -> Result<(), Error> {
        let demand = self.demand_of(order);
        let here = demand.filter(|(place, _)| place.warehouse == warehouse);
        let mut here: Vec<_> = here.map(|(_, demand)| &mut demand.now).collect();
        if here.iter().any(|demand| !demand.taken.is_zero()) {
            return Err(Error::AlreadyTaken);
        }
        let reserved: Quantity = here.iter().map(|demand| demand.reserved).sum();
        if reserved.is_zero() {
            return Err(Error::NothingReserved);
        }
        if reserved < at_least {
            return Err(Error::Incomplete(at_least.less(reserved)));
        }
        here.iter_mut()
            .for_each(|demand| demand.taken = demand.reserved);
        Ok(())
    }

    pub(super) fn put_back(&mut self, order: OrderId, warehouse: WarehouseId) {
        for (place, demand) in self.demand_of(order) {
            if place.warehouse == warehouse {
                demand.now.taken = Quantity::ZERO;
            }
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
        self.movements.push(Movement {
            shipment: Some(shipment),
            ..Movement::at(place, false, quantity, MoveReason::Shipment)
        });
        Ok(())
    }
}
