//! The books of some places, in memory: what happens is applied to them, then they are weighed and
//! written. Knows no database.

mod apply;
mod demand;
mod goods;
mod known;
mod parcels;
mod queue;
mod rules;
mod turns;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};

use super::error::Error;
use super::model::{MoveReason, Place};
use crate::types::{
    OrderId, OrderLineId, ProductId, PurchaseLineId, PurchaseOrderId, Quantity, ReceptionId,
    ShipmentId, WarehouseId,
};

pub(super) use demand::{Demand, OpenDemand};
pub(super) use known::{Affected, Balances, Known};
pub(super) use rules::Rules;
pub(super) use turns::OpenTurn;

/// The books of some places.
pub(super) struct Books {
    pub(super) shelves: BTreeMap<Place, OpenShelf>,
    /// Where each line that was read stands.
    lines: HashMap<OrderLineId, Place>,
    pub(super) rules: Rules,
    /// When what happens happens.
    pub(super) at: DateTime<Utc>,
    pub(super) movements: Vec<Movement>,
    pub(super) refused: Vec<(OrderId, Error)>,
}

/// One place of open books.
#[derive(Debug, Clone)]
pub(super) struct OpenShelf {
    pub(super) was: Balances,
    pub(super) known: Known,
    pub(super) on_hand: Quantity,
    pub(super) demand: BTreeMap<OrderLineId, OpenDemand>,
    pub(super) supply: BTreeMap<PurchaseLineId, OpenSupply>,
    /// Where there are any, every line is known.
    pub(super) turns: Vec<OpenTurn>,
}

/// Units on their way: as they were, and as they are becoming.
#[derive(Debug, Clone)]
pub(super) struct OpenSupply {
    pub(super) order: PurchaseOrderId,
    pub(super) was: Option<(Quantity, NaiveDate)>,
    pub(super) now: (Quantity, NaiveDate),
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
    /// Books without a place.
    pub(super) fn new(rules: Rules, at: DateTime<Utc>) -> Self {
        Self {
            shelves: BTreeMap::new(),
            lines: HashMap::new(),
            rules,
            at,
            movements: Vec::new(),
            refused: Vec::new(),
        }
    }

    /// A line as it stands; one that is in the books already stays as it became.
    pub(super) fn admit(&mut self, place: Place, line: OrderLineId, demand: Demand) {
        if let Some(shelf) = self.shelves.get_mut(&place)
            && let Entry::Vacant(row) = shelf.demand.entry(line)
        {
            row.insert(OpenDemand::read(demand));
            self.lines.insert(line, place);
        }
    }

    /// The places, by whether every line of them is to be known.
    pub(super) fn places_by_known(&self) -> (BTreeSet<Place>, BTreeSet<Place>) {
        let places = self.shelves.keys().copied();
        places.partition(|place| self.shelves[place].known == Known::Everyone)
    }

    /// Every line that was read or joined, with its place.
    pub(super) fn demand(&self) -> impl Iterator<Item = (Place, OrderLineId, &OpenDemand)> {
        self.shelves.iter().flat_map(|(place, shelf)| {
            let demand = shelf.demand.iter();
            demand.map(|(line, demand)| (*place, *line, demand))
        })
    }

    fn shelf(&mut self, place: Place) -> Result<&mut OpenShelf, Error> {
        self.shelves.get_mut(&place).ok_or(Error::OutOfReach)
    }

    /// A line that waits, and its shelf.
    fn line(&mut self, line: OrderLineId) -> Result<(&mut OpenShelf, Place), Error> {
        let place = *self.lines.get(&line).ok_or(Error::NothingToShip)?;
        Ok((self.shelf(place)?, place))
    }

    fn demand_of(&mut self, order: OrderId) -> impl Iterator<Item = (Place, &mut OpenDemand)> {
        self.shelves
            .iter_mut()
            .flat_map(|(place, shelf)| shelf.demand.values_mut().map(|demand| (*place, demand)))
            .filter(move |(_, demand)| demand.now.key.order == order)
    }
}

impl OpenShelf {
    /// A place as it was read.
    pub(super) fn read(was: Balances, known: Known) -> Self {
        Self {
            was,
            known,
            on_hand: was.on_hand,
            demand: BTreeMap::new(),
            supply: BTreeMap::new(),
            turns: Vec::new(),
        }
    }

    /// A line that is in the books of this place.
    fn of(&mut self, line: OrderLineId) -> Result<&mut OpenDemand, Error> {
        self.demand.get_mut(&line).ok_or(Error::NothingToShip)
    }

    /// Refused where not every line is known: somebody who is not might lose or gain.
    fn must_know_everyone(&self) -> Result<(), Error> {
        match self.known {
            Known::Everyone => Ok(()),
            Known::Named | Known::Affected => Err(Error::OutOfReach),
        }
    }
}
