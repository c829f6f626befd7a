//! The books of some places, open: what is in them, and what they will write.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};

use super::demand::{Demand, OpenDemand};
use super::rules::Rules;
use super::shelf::{Known, OpenShelf};
use crate::stock::error::Error;
use crate::stock::model::{MoveReason, Place};
use crate::stock::reach::KitsRead;
use crate::types::{
    CountId, LocationId, MovementId, OrderId, OrderLineId, ProductId, Quantity, ReceptionId,
    ReturnId, ShipmentId, TransferId, WarehouseId,
};

/// The books of some places.
pub(in crate::stock) struct Books {
    pub(in crate::stock) shelves: BTreeMap<Place, OpenShelf>,
    /// Where each line that was read stands.
    pub(super) lines: HashMap<OrderLineId, Place>,
    pub(in crate::stock) rules: Rules,
    /// Which kits are in these books with all their parts.
    pub(in crate::stock) kits_read: KitsRead,
    /// When what happens happens.
    pub(in crate::stock) at: DateTime<Utc>,
    pub(in crate::stock) movements: Vec<Movement>,
    pub(in crate::stock) refused: Vec<(OrderId, Error)>,
}

/// A movement to be written.
#[derive(Debug, Clone)]
pub(in crate::stock) struct Movement {
    pub(in crate::stock) product: ProductId,
    pub(in crate::stock) quantity: Quantity,
    pub(in crate::stock) from: Option<WarehouseId>,
    pub(in crate::stock) to: Option<WarehouseId>,
    pub(in crate::stock) from_bin: Option<LocationId>,
    pub(in crate::stock) to_bin: Option<LocationId>,
    pub(in crate::stock) reason: MoveReason,
    pub(in crate::stock) reception: Option<ReceptionId>,
    pub(in crate::stock) shipment: Option<ShipmentId>,
    pub(in crate::stock) transfer: Option<TransferId>,
    pub(in crate::stock) count: Option<CountId>,
    pub(in crate::stock) returned: Option<ReturnId>,
    pub(in crate::stock) note: String,
    /// The movement it is the opposite of.
    pub(in crate::stock) corrects: Option<MovementId>,
}

impl Books {
    /// Books without a place.
    pub(in crate::stock) fn new(rules: Rules, at: DateTime<Utc>) -> Self {
        Self {
            shelves: BTreeMap::new(),
            lines: HashMap::new(),
            rules,
            kits_read: KitsRead::default(),
            at,
            movements: Vec::new(),
            refused: Vec::new(),
        }
    }

    /// A line as it stands; one that is in the books already stays as it became.
    pub(in crate::stock) fn admit(&mut self, place: Place, line: OrderLineId, demand: Demand) {
        if let Some(shelf) = self.shelves.get_mut(&place)
            && let Entry::Vacant(row) = shelf.demand.entry(line)
        {
            row.insert(OpenDemand::read(demand));
            self.lines.insert(line, place);
        }
    }

    /// The places, by whether every line of them is to be known.
    pub(in crate::stock) fn places_by_known(&self) -> (BTreeSet<Place>, BTreeSet<Place>) {
        let places = self.shelves.keys().copied();
        places.partition(|place| self.shelves[place].known == Known::Everyone)
    }

    /// Every line that was read or joined, with its place.
    pub(in crate::stock) fn demand(
        &self,
    ) -> impl Iterator<Item = (Place, OrderLineId, &OpenDemand)> {
        self.shelves.iter().flat_map(|(place, shelf)| {
            let demand = shelf.demand.iter();
            demand.map(|(line, demand)| (*place, *line, demand))
        })
    }

    pub(super) fn shelf(&mut self, place: Place) -> Result<&mut OpenShelf, Error> {
        self.shelves.get_mut(&place).ok_or(Error::OutOfReach)
    }

    /// A line that waits, and its shelf.
    pub(super) fn line(&mut self, line: OrderLineId) -> Result<(&mut OpenShelf, Place), Error> {
        let place = *self.lines.get(&line).ok_or(Error::NothingToShip)?;
        Ok((self.shelf(place)?, place))
    }

    pub(super) fn demand_of(
        &mut self,
        order: OrderId,
    ) -> impl Iterator<Item = (Place, &mut OpenDemand)> {
        self.shelves
            .iter_mut()
            .flat_map(|(place, shelf)| shelf.demand.values_mut().map(|demand| (*place, demand)))
            .filter(move |(_, demand)| demand.now.key.order == order)
    }
}

impl Movement {
    /// Units that come to a place, or leave it.
    pub(super) fn at(place: Place, comes: bool, quantity: Quantity, reason: MoveReason) -> Self {
        Self {
            product: place.product,
            quantity,
            from: (!comes).then_some(place.warehouse),
            to: comes.then_some(place.warehouse),
            from_bin: None,
            to_bin: None,
            reason,
            reception: None,
            shipment: None,
            transfer: None,
            count: None,
            returned: None,
            note: String::new(),
            corrects: None,
        }
    }

    /// The same into the bin, or out of it, that the units come to or leave.
    pub(super) fn through(self, bin: Option<LocationId>) -> Self {
        match self.to {
            Some(_) => Self {
                to_bin: bin,
                ..self
            },
            None => Self {
                from_bin: bin,
                ..self
            },
        }
    }

    /// The same of units that are not usable: no level counts them.
    pub(super) fn unusable(self) -> Self {
        Self {
            from: None,
            to: None,
            ..self
        }
    }
}
