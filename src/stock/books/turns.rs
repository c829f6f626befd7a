//! Units that are served at another place in the queue than their line: moved or released by hand.

use super::{Books, Demand, OpenShelf};
use crate::stock::error::Error;
use crate::stock::queue::{NO_DATE, QueueKey};
use crate::types::{OrderLineId, Quantity};

/// After every priority there is.
const LAST: i16 = i16::MAX;

/// Units of a line that take another turn.
#[derive(Debug, Clone, Copy)]
pub(in crate::stock) struct OpenTurn {
    /// `None`: it is new.
    pub(in crate::stock) id: Option<i64>,
    /// The decision it follows from.
    pub(in crate::stock) hand_move: i64,
    pub(in crate::stock) line: OrderLineId,
    pub(in crate::stock) key: QueueKey,
    pub(in crate::stock) was: Quantity,
    pub(in crate::stock) now: Quantity,
}

impl Books {
    /// Refused as [`Error::NothingToShip`] when a line is not in the queue of that place, as
    /// [`Error::CannotGive`] when it has fewer to give, as [`Error::CannotTake`] when the other
    /// misses fewer, and as [`Error::CompleteOrdersFirst`].
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
        let giving = giver.untaken().min(shelf.own(from, giver.to_ship));
        if quantity.is_zero() || quantity > giving {
            return Err(Error::CannotGive(giving));
        }
        let later = match to {
            None => {
                let (order, number) = (giver.key.order, giver.key.line_number);
                QueueKey::new(None, LAST, NO_DATE, at, order, number)
            }
            Some(to) => {
                let taker = shelf.of(to)?.now.clone();
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

impl OpenTurn {
    const fn new(hand_move: i64, line: OrderLineId, key: QueueKey, units: Quantity) -> Self {
        Self {
            id: None,
            hand_move,
            line,
            key,
            was: Quantity::ZERO,
            now: units,
        }
    }
}

impl OpenShelf {
    /// Units of a line that take its own turn.
    fn own(&self, line: OrderLineId, to_ship: Quantity) -> Quantity {
        let turns = self.turns.iter().filter(|turn| turn.line == line);
        to_ship.less(turns.map(|turn| turn.now).sum())
    }

    /// Units that a line misses in its own turn.
    fn may_take(&self, line: OrderLineId, demand: &Demand) -> Quantity {
        demand.missing().min(self.own(line, demand.to_ship))
    }

    /// Units of a line leave, those served first; `to_ship` and `key` are as they were before.
    pub(super) fn served(
        &mut self,
        line: OrderLineId,
        key: QueueKey,
        to_ship: Quantity,
        units: Quantity,
    ) {
        self.spend(line, key, to_ship, (units, false));
    }

    /// A line asks for fewer units: those served last.
    pub(super) fn given_up(
        &mut self,
        line: OrderLineId,
        key: QueueKey,
        to_ship: Quantity,
        units: Quantity,
    ) {
        self.spend(line, key, to_ship, (units, true));
    }

    fn spend(
        &mut self,
        line: OrderLineId,
        key: QueueKey,
        to_ship: Quantity,
        (units, last): (Quantity, bool),
    ) {
        let mut own = self.own(line, to_ship);
        let turns = self.turns.iter_mut();
        let mut turns: Vec<&mut OpenTurn> = turns.filter(|turn| turn.line == line).collect();
        if turns.is_empty() {
            return;
        }
        turns.sort_by_key(|turn| turn.key);
        let earlier = turns.partition_point(|turn| turn.key <= key);
        let (before, after) = turns.split_at_mut(earlier);
        let before = before.iter_mut().map(|turn| &mut turn.now);
        let after = after.iter_mut().map(|turn| &mut turn.now);
        let mut served: Vec<&mut Quantity> = before.chain([&mut own]).chain(after).collect();
        if last {
            served.reverse();
        }
        let mut left = units;
        for now in served {
            let part = left.min(*now);
            *now = now.less(part);
            left = left.less(part);
        }
    }
}
