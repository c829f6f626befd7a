//! What orders ask for.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Books, Claimed, OpenClaim};
use crate::stock::error::Error;
use crate::stock::model::Place;
use crate::stock::queue::QueueKey;
use crate::types::{OrderId, OrderLineId, Quantity};

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
    /// [`crate::stock::Priority::rank`].
    pub priority_rank: i16,
    /// [`crate::stock::NO_DATE`] when none is required.
    pub required_by: NaiveDate,
    /// When the order was placed.
    pub placed_at: DateTime<Utc>,
    /// Line of the order.
    pub line_number: i32,
    /// Whether the order is on hold.
    pub held: bool,
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
        let before = claim.map(|claim| (claim.now.key, claim.now.to_ship));
        let was = claim.and_then(|claim| claim.was.clone());
        if let Some((key, to_ship)) = before {
            let fewer = to_ship.saturating_sub(now.to_ship);
            shelf.given_up(ask.line, key, to_ship, fewer);
        }
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
        let Some(place) = self.lines.get(&line).copied() else {
            return Ok(());
        };
        let shelf = self.shelf(place);
        let Some(claim) = shelf.claims.get_mut(&line) else {
            return Ok(());
        };
        match claim.now.taken {
            0 => {
                let (key, to_ship) = (claim.now.key, claim.now.to_ship);
                claim.now.to_ship = 0;
                claim.now.reserved = 0;
                shelf.given_up(line, key, to_ship, to_ship);
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
}
