//! What is coming, what arrives, and what is found to be there.

use chrono::NaiveDate;

use super::{Books, Movement, OpenLayer, OpenShelf, Read};
use crate::stock::error::Error;
use crate::stock::model::{MoveReason, Place};
use crate::types::{Change, PurchaseLineId, PurchaseOrderId, Quantity, ReceptionId};

/// What a purchase order line still has to deliver.
#[derive(Debug, Clone)]
pub struct Expect {
    /// The line.
    pub line: PurchaseLineId,
    /// Its purchase order.
    pub order: PurchaseOrderId,
    /// Where it will be received.
    pub place: Place,
    /// Units to come; 0 when nothing is expected any more.
    pub quantity: Quantity,
    /// When.
    pub due_on: NaiveDate,
}

impl Books {
    /// A purchase order line is on its way, or its quantity or date changed, or nothing is expected
    /// of it any more.
    pub fn expect(&mut self, expect: Expect) {
        let now = (expect.quantity.get(), expect.due_on);
        self.shelf(expect.place)
            .layers
            .entry(expect.line)
            .and_modify(|layer| layer.now = now)
            .or_insert(OpenLayer {
                order: expect.order,
                was: None,
                now,
            });
    }

    /// Goods of a purchase order line arrived; what it still has to deliver shrinks by as much. The
    /// reception is none where only a preview is asked for.
    ///
    /// # Errors
    /// [`Error::TooMany`] when a shelf cannot count as many.
    pub fn receive(
        &mut self,
        line: PurchaseLineId,
        place: Place,
        quantity: Quantity,
        reception: Option<ReceptionId>,
    ) -> Result<(), Error> {
        let shelf = self.shelf(place);
        shelf.on_hand = more(shelf.on_hand, quantity)?;
        if let Some(layer) = shelf.layers.get_mut(&line) {
            layer.now.0 = layer.now.0.saturating_sub(quantity.get());
        }
        self.movements.push(Movement {
            product: place.product,
            quantity,
            from: None,
            to: Some(place.warehouse),
            reason: MoveReason::Reception,
            reception,
            shipment: None,
            note: String::new(),
        });
        Ok(())
    }

    /// Goods that a reception brought are taken back out: it was a mistake. What its purchase order
    /// brings again is said by [`Books::expect`]. The reach is everyone: any line may lose.
    ///
    /// # Errors
    /// [`Error::NotEnough`] when fewer lie there outside of parcels.
    pub fn return_to_supplier(
        &mut self,
        place: Place,
        quantity: Quantity,
        reception: ReceptionId,
    ) -> Result<(), Error> {
        self.shelf(place).lose(quantity)?;
        self.movements.push(Movement {
            product: place.product,
            quantity,
            from: Some(place.warehouse),
            to: None,
            reason: MoveReason::Reception,
            reception: Some(reception),
            shipment: None,
            note: String::new(),
        });
        Ok(())
    }

    /// Somebody found more or fewer units than the books say. The reach is everyone: any line may lose.
    ///
    /// # Errors
    /// [`Error::NotEnough`] when more are to leave than lie there outside of parcels,
    /// [`Error::TooMany`] when a shelf cannot count as many.
    pub fn adjust(
        &mut self,
        place: Place,
        change: Change,
        reason: MoveReason,
        note: &str,
    ) -> Result<(), Error> {
        let shelf = self.shelf(place);
        let units = Quantity::new(change.get().unsigned_abs());
        let comes = change.get() > 0;
        if comes {
            shelf.on_hand = more(shelf.on_hand, units)?;
        } else {
            shelf.lose(units)?;
        }
        self.movements.push(Movement {
            product: place.product,
            quantity: units,
            from: (!comes).then_some(place.warehouse),
            to: comes.then_some(place.warehouse),
            reason,
            reception: None,
            shipment: None,
            note: note.to_owned(),
        });
        Ok(())
    }
}

impl OpenShelf {
    /// Units leave that are in no parcel.
    fn lose(&mut self, units: Quantity) -> Result<(), Error> {
        debug_assert_eq!(self.read, Read::Everyone, "any line may lose units");
        let taken: u32 = self.claims.values().map(|claim| claim.now.taken).sum();
        if units.get() > self.on_hand.saturating_sub(taken) {
            return Err(Error::NotEnough {
                wanted: units,
                there: Quantity::new(self.on_hand),
                in_parcels: Quantity::new(taken),
            });
        }
        self.on_hand -= units.get();
        Ok(())
    }
}

fn more(on_hand: u32, quantity: Quantity) -> Result<u32, Error> {
    on_hand
        .checked_add(quantity.get())
        .filter(|units| i32::try_from(*units).is_ok())
        .ok_or(Error::TooMany)
}
