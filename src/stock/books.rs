//! The one door: whoever changes demand, stock or incoming goods says what happened to open books.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use super::error::Error;
use super::load::{self, Rules};
use super::model::{Cause, Level, MoveReason, Outcome, Place};
use super::queue::QueueKey;
use super::settle;
use crate::types::{
    Change, OrderId, OrderLineId, ProductId, PurchaseLineId, PurchaseOrderId, Quantity,
    ReceptionId, ShipmentId, WarehouseId,
};

/// Changes the books of some places: locks the places by warehouse and product, ascending, reads
/// them, lets `act` say what happened, plans, writes the differences and announces them to open
/// pages. A constant number of statements however many lines wait; the locks last until the
/// transaction ends. There is no other way to change stock, so nobody can forget to lock before,
/// or to allocate after.
///
/// A place nobody used before is made.
///
/// # Errors
/// Those of `act`, and of the database.
pub fn change<T, E: From<Error>>(
    conn: &mut PgConnection,
    places: impl IntoIterator<Item = Place>,
    cause: &Cause,
    act: impl FnOnce(&mut Books) -> Result<T, E>,
) -> Result<(T, Outcome), E> {
    let places: BTreeSet<Place> = places.into_iter().collect();
    let mut books = load::open(conn, places)?;
    let told = act(&mut books)?;
    let outcome = settle::settle(conn, books, cause)?;
    Ok((told, outcome))
}

/// The books of some places, locked. Every verb changes what is in memory; [`change`] writes.
pub struct Books {
    pub(super) shelves: BTreeMap<Place, OpenShelf>,
    pub(super) lines: HashMap<OrderLineId, Place>,
    pub(super) rules: Rules,
    pub(super) movements: Vec<Movement>,
}

/// One place of open books.
#[derive(Debug, Clone)]
pub(super) struct OpenShelf {
    /// As it was when the books were opened.
    pub(super) level: Level,
    pub(super) on_hand: u32,
    pub(super) claims: BTreeMap<OrderLineId, OpenClaim>,
    pub(super) layers: BTreeMap<PurchaseLineId, OpenLayer>,
}

/// A row of demand: as it was, and as it is becoming.
#[derive(Debug, Clone)]
pub(super) struct OpenClaim {
    pub(super) was: Option<Claimed>,
    pub(super) now: Claimed,
}

/// What demand says of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Claimed {
    pub(super) key: QueueKey,
    pub(super) held: bool,
    pub(super) to_ship: u32,
    pub(super) reserved: u32,
    pub(super) taken: u32,
    pub(super) covered_by: Option<(PurchaseLineId, NaiveDate)>,
    pub(super) uncovered: u32,
}

/// A row of supply: as it was, and as it is becoming.
#[derive(Debug, Clone)]
pub(super) struct OpenLayer {
    pub(super) order: PurchaseOrderId,
    pub(super) was: Option<(u32, NaiveDate)>,
    pub(super) now: (u32, NaiveDate),
}

/// A movement to be written.
#[derive(Debug, Clone)]
pub(super) struct Movement {
    pub(super) product: ProductId,
    pub(super) quantity: Quantity,
    pub(super) from: Option<WarehouseId>,
    pub(super) to: Option<WarehouseId>,
    pub(super) reason: MoveReason,
    pub(super) reception: Option<ReceptionId>,
    pub(super) shipment: Option<ShipmentId>,
    pub(super) note: String,
}

/// What an order line asks of a place.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The line.
    pub line: OrderLineId,
    /// Its order.
    pub order: OrderId,
    /// Where it is to be served.
    pub place: Place,
    /// Units to ship; 0 withdraws the line.
    pub to_ship: Quantity,
    /// [`super::Priority::rank`].
    pub priority_rank: i16,
    /// [`super::NO_DATE`] when none is required.
    pub required_by: NaiveDate,
    /// When the order was placed.
    pub placed_at: DateTime<Utc>,
    /// Line of the order.
    pub line_number: i32,
    /// Whether the order is on hold.
    pub held: bool,
}

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
    /// An order line asks for units, asks for more or fewer, or changes its place in the queue.
    ///
    /// # Errors
    /// [`Error::BeingPrepared`] when less is asked for than an operator already took.
    pub fn ask(&mut self, ask: Ask) -> Result<(), Error> {
        let shelf = self.shelf(ask.place);
        let claim = shelf.claims.get(&ask.line);
        let (taken, reserved) = claim.map_or((0, 0), |claim| (claim.now.taken, claim.now.reserved));
        if ask.to_ship.get() < taken {
            return Err(Error::BeingPrepared(Quantity::new(taken)));
        }
        let key = QueueKey::new(
            claim.and_then(|claim| claim.now.key.pinned_at()),
            ask.priority_rank,
            ask.required_by,
            ask.placed_at,
            ask.order,
            ask.line_number,
        );
        let now = Claimed {
            key,
            held: ask.held,
            to_ship: ask.to_ship.get(),
            reserved: reserved.min(ask.to_ship.get()),
            taken,
            covered_by: claim.and_then(|claim| claim.now.covered_by),
            uncovered: claim.map_or(0, |claim| claim.now.uncovered),
        };
        let was = claim.and_then(|claim| claim.was.clone());
        shelf.claims.insert(ask.line, OpenClaim { was, now });
        self.lines.insert(ask.line, ask.place);
        Ok(())
    }

    /// A line asks for nothing any more; what it held is given back. A line that asks for nothing
    /// already is left alone.
    ///
    /// # Errors
    /// [`Error::BeingPrepared`] when an operator took units of it.
    pub fn withdraw(&mut self, line: OrderLineId) -> Result<(), Error> {
        let Some(claim) = self.claim(line) else {
            return Ok(());
        };
        match claim.now.taken {
            0 => {
                claim.now.to_ship = 0;
                Ok(())
            }
            taken => Err(Error::BeingPrepared(Quantity::new(taken))),
        }
    }

    /// Puts an order on hold, or releases it, in every open place.
    ///
    /// # Errors
    /// [`Error::BeingPrepared`] when a parcel of it is being prepared.
    pub fn hold(&mut self, order: OrderId, held: bool) -> Result<(), Error> {
        for claim in self.claims_of(order) {
            if held && claim.now.taken > 0 {
                return Err(Error::BeingPrepared(Quantity::new(claim.now.taken)));
            }
            claim.now.held = held;
        }
        Ok(())
    }

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
        claim.now.taken -= units;
        claim.now.reserved -= units;
        claim.now.to_ship -= units;
        self.shelf(place).on_hand -= units;
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

    /// Goods of a purchase order line arrived; what it still has to deliver shrinks by as much.
    ///
    /// # Errors
    /// [`Error::TooMany`] when a shelf cannot count as many.
    pub fn receive(
        &mut self,
        line: PurchaseLineId,
        place: Place,
        quantity: Quantity,
        reception: ReceptionId,
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
            reception: Some(reception),
            shipment: None,
            note: String::new(),
        });
        Ok(())
    }

    /// Somebody found more or fewer units than the books say.
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
            let taken: u32 = shelf.claims.values().map(|claim| claim.now.taken).sum();
            if units.get() > shelf.on_hand.saturating_sub(taken) {
                return Err(Error::NotEnough {
                    wanted: units,
                    there: Quantity::new(shelf.on_hand),
                    in_parcels: Quantity::new(taken),
                });
            }
            shelf.on_hand -= units.get();
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

    fn shelf(&mut self, place: Place) -> &mut OpenShelf {
        self.shelves
            .get_mut(&place)
            .expect("the books of a place are opened before it is changed")
    }

    fn claim(&mut self, line: OrderLineId) -> Option<&mut OpenClaim> {
        let place = self.lines.get(&line)?;
        self.shelves.get_mut(place)?.claims.get_mut(&line)
    }

    fn claims_of(&mut self, order: OrderId) -> impl Iterator<Item = &mut OpenClaim> {
        self.shelves
            .values_mut()
            .flat_map(|shelf| shelf.claims.values_mut())
            .filter(move |claim| claim.now.key.order == order)
    }
}

fn more(on_hand: u32, quantity: Quantity) -> Result<u32, Error> {
    on_hand
        .checked_add(quantity.get())
        .filter(|units| i32::try_from(*units).is_ok())
        .ok_or(Error::TooMany)
}
