//! Units that change turns by hand: moved to another line, or released.

use super::demand::Demand;
use super::open::Books;
use super::turn::OpenTurn;
use crate::stock::error::Error;
use crate::stock::queue::{NO_DATE, QueueKey};
use crate::types::{OrderLineId, Quantity};

/// Units of a set go nowhere without the others of it.
const fn by_the_unit(demand: &Demand) -> Result<(), Error> {
    match demand.set {
        Some(_) => Err(Error::InSets),
        None => Ok(()),
    }
}

/// After every priority there is.
const LAST: i16 = i16::MAX;

impl Books {
    /// Refused as [`Error::NothingToShip`] when a line is not in the queue of that place, as
    /// [`Error::CannotGive`] when it has fewer to give, as [`Error::CannotTake`] when the other
    /// misses fewer, as [`Error::CompleteOrdersFirst`], and as [`Error::InSets`].
    pub(super) fn give(
        &mut self,
        hand_move: i64,
        from: OrderLineId,
        to: Option<OrderLineId>,
        quantity: Quantity,
    ) -> Result<(), Error> {
        let (at, held_keep_stock) = (self.at, self.rules.held_orders_keep_stock);
        let place = self.line(from)?.1;
        if self.rules.complete_first(place.warehouse) {
            return Err(Error::CompleteOrdersFirst);
        }
        let shelf = self.shelf(place)?;
        shelf.must_know_everyone()?;
        let giver = shelf.of(from)?.now.clone();
        by_the_unit(&giver)?;
        let giving = giver.untaken().min(shelf.own(from, giver.to_ship));
        if quantity.is_zero() || quantity > giving {
            return Err(Error::CannotGive {
                line: from,
                most: giving,
                parcels: Vec::new(),
            });
        }
        let later = match to {
            None => {
                let (order, number) = (giver.key.order, giver.key.line_number);
                QueueKey::new(None, LAST, NO_DATE, at, order, number)
            }
            Some(to) => {
                let taker = shelf.of(to)?.now.clone();
                by_the_unit(&taker)?;
                let most = match from != to && (held_keep_stock || !taker.held) {
                    true => shelf.may_take(to, &taker),
                    false => Quantity::ZERO,
                };
                if quantity > most {
                    return Err(Error::CannotTake(most));
                }
                let turn = OpenTurn::new(hand_move, to, giver.key, quantity);
                shelf.turns.push(turn);
                taker.key
            }
        };
        let turn = OpenTurn::new(hand_move, from, later, quantity);
        shelf.turns.push(turn);
        Ok(())
    }

    pub(super) fn undo(&mut self, hand_move: i64) {
        let turns = self.shelves.values_mut().flat_map(|shelf| &mut shelf.turns);
        for turn in turns.filter(|turn| turn.hand_move == hand_move) {
            turn.now = Quantity::ZERO;
        }
    }
}
