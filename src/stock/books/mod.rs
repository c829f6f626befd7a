//! The one door: whoever changes demand, stock or incoming goods says what happened to open books.

mod demand;
mod goods;
mod parcels;
mod queue;
mod reach;
mod turns;

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::error::Error;
use super::load::{self, Rules};
use super::model::{Cause, MoveReason, Outcome, Place};
use super::queue::QueueKey;
use super::settle;
use crate::types::{
    OrderId, OrderLineId, ProductId, PurchaseLineId, PurchaseOrderId, Quantity, ReceptionId,
    ShipmentId, WarehouseId,
};

pub use demand::Ask;
pub use goods::Expect;
pub use parcels::Taken;
pub use reach::Reach;
pub(super) use reach::{Concerned, Read};
pub(super) use turns::OpenTurn;

/// Changes the books of some places: locks the places by warehouse and product, ascending, reads
/// the lines in reach, lets `act` say what happened, reads whom it concerns, plans, writes the
/// differences and announces them to open pages. A constant number of statements however many lines
/// wait; the locks last until the transaction ends. There is no other way to change stock, so nobody
/// can forget to lock before, or to allocate after.
///
/// A place nobody used before is made.
///
/// # Errors
/// Those of `act`, and of the database.
pub fn change<T, E: From<Error>>(
    conn: &mut PgConnection,
    reach: Reach,
    cause: &Cause,
    act: impl FnOnce(&mut Books) -> Result<T, E>,
) -> Result<(T, Outcome), E> {
    let mut books = load::open(conn, reach)?;
    let told = act(&mut books)?;
    load::concerned(conn, &mut books)?;
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

/// The balances of a place as they were when the books were opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Balances {
    pub(super) on_hand: Quantity,
    pub(super) reserved: Quantity,
    pub(super) to_ship: Quantity,
    pub(super) incoming: Quantity,
}

/// One place of open books.
#[derive(Debug, Clone)]
pub(super) struct OpenShelf {
    pub(super) was: Balances,
    pub(super) read: Read,
    pub(super) on_hand: u32,
    pub(super) claims: BTreeMap<OrderLineId, OpenClaim>,
    pub(super) layers: BTreeMap<PurchaseLineId, OpenLayer>,
    /// Where there are any, everyone is read.
    pub(super) turns: Vec<OpenTurn>,
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

impl Claimed {
    /// The date on which the last missing unit is expected, of a line that waits; `None` when it
    /// does not wait. The inner `None`: that unit is not on order.
    pub(super) fn promise(&self) -> Option<Option<NaiveDate>> {
        (self.reserved < self.to_ship).then(|| self.covered_by.map(|(_, date)| date))
    }
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

impl Books {
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
