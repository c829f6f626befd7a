//! What operators take, give back and ship.

use super::{Books, Movement};
use crate::stock::error::Error;
use crate::stock::model::MoveReason;
use crate::types::{OrderId, OrderLineId, ProductId, Quantity, ShipmentId, WarehouseId};

/// Units an operator took of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// The line.
    pub line: OrderLineId,
    /// Its product.
    pub product: ProductId,
    /// How many.
    pub quantity: Quantity,
}

impl Books {
    /// An operator takes all that is reserved for an order in a warehouse: from then on it is
    /// untouchable.
    ///
    /// # Errors
    /// [`Error::NothingReserved`], or [`Error::AlreadyTaken`] when somebody was first.
    pub fn take(&mut self, order: OrderId, warehouse: WarehouseId) -> Result<Vec<Taken>, Error> {
        let mut all = Vec::new();
        for (place, shelf) in &mut self.shelves {
            if place.warehouse != warehouse {
                continue;
            }
            for (line, claim) in &mut shelf.claims {
                if claim.now.key.order != order {
                    continue;
                }
                if claim.now.taken > 0 {
                    return Err(Error::AlreadyTaken);
                }
                claim.now.taken = claim.now.reserved;
                if claim.now.taken > 0 {
                    let quantity = Quantity::new(claim.now.taken);
                    all.push((
                        claim.now.key.line_number,
                        Taken {
                            line: *line,
                            product: place.product,
                            quantity,
                        },
                    ));
                }
            }
        }
        if all.is_empty() {
            return Err(Error::NothingReserved);
        }
        all.sort_by_key(|(line_number, _)| *line_number);
        Ok(all.into_iter().map(|(_, taken)| taken).collect())
    }

    /// A parcel is given up: what was taken for it goes back to the queue.
    pub fn put_back(&mut self, order: OrderId, warehouse: WarehouseId) {
        for (place, shelf) in &mut self.shelves {
            if place.warehouse == warehouse {
                for claim in shelf
                    .claims
                    .values_mut()
                    .filter(|claim| claim.now.key.order == order)
                {
                    claim.now.taken = 0;
                }
            }
        }
    }

    /// Units that were taken leave in a parcel.
    ///
    /// # Errors
    /// [`Error::NothingToShip`] when the line did not take that many.
    pub fn ship(
        &mut self,
        line: OrderLineId,
        quantity: Quantity,
        shipment: ShipmentId,
    ) -> Result<(), Error> {
        let place = *self.lines.get(&line).ok_or(Error::NothingToShip)?;
        let claim = self.claim(line).ok_or(Error::NothingToShip)?;
        let units = quantity.get();
        if units == 0 || claim.now.taken < units {
            return Err(Error::NothingToShip);
        }
        let (key, to_ship) = (claim.now.key, claim.now.to_ship);
        claim.now.taken -= units;
        claim.now.reserved -= units;
        claim.now.to_ship -= units;
        let shelf = self.shelf(place);
        shelf.on_hand -= units;
        shelf.served(line, key, to_ship, units);
        self.movements.push(Movement {
            product: place.product,
            quantity,
            from: Some(place.warehouse),
            to: None,
            reason: MoveReason::Shipment,
            reception: None,
            shipment: Some(shipment),
            note: String::new(),
        });
        Ok(())
    }
}
