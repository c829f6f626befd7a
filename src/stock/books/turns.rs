//! Units that are served at another place in the queue than their line: moved or released by hand.

use chrono::{DateTime, Utc};

use super::{Books, OpenShelf, Read};
use crate::catalog::AllocationPolicy;
use crate::stock::error::Error;
use crate::stock::model::Place;
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
    pub(in crate::stock) was: u32,
    pub(in crate::stock) now: u32,
}

impl Books {
    /// Reserved units of a line change turns with as many that another line misses; with no other
    /// line, they are served after everybody who waits now. The reach is everyone.
    ///
    /// # Errors
    /// [`Error::NothingToShip`] when a line is not in the queue of that place, [`Error::CannotGive`]
    /// when it has fewer to give, [`Error::CannotTake`] when the other misses fewer,
    /// [`Error::CompleteOrdersFirst`].
    pub(in crate::stock) fn give(
        &mut self,
        hand_move: i64,
        place: Place,
        from: OrderLineId,
        to: Option<OrderLineId>,
        quantity: Quantity,
        at: DateTime<Utc>,
    ) -> Result<(), Error> {
        let policy = self.rules.policies.get(&place.warehouse);
        if matches!(policy, Some((AllocationPolicy::CompleteFirst, _))) {
            return Err(Error::CompleteOrdersFirst);
        }
        let held_keep_stock = self.rules.held_orders_keep_stock;
        let shelf = self.shelf(place);
        debug_assert_eq!(shelf.read, Read::Everyone, "any line may gain or lose");
        let giver = shelf
            .claims
            .get(&from)
            .ok_or(Error::NothingToShip)?
            .now
            .clone();
        let untaken = giver.reserved - giver.taken;
        let giving = untaken.min(shelf.own(from, giver.to_ship));
        if quantity.is_zero() || quantity.get() > giving {
            return Err(Error::CannotGive(Quantity::new(giving)));
        }
        let units = quantity.get();
        let later = match to {
            None => QueueKey::new(
                None,
                LAST,
                NO_DATE,
                at,
                giver.key.order,
                giver.key.line_number,
            ),
            Some(to) => {
                let taker = shelf
                    .claims
                    .get(&to)
                    .ok_or(Error::NothingToShip)?
                    .now
                    .clone();
                let may_take = held_keep_stock || !taker.held;
                let missing = taker.missing().min(shelf.own(to, taker.to_ship));
                if !may_take || units > missing || from == to {
                    let most = if may_take && from != to { missing } else { 0 };
                    return Err(Error::CannotTake(Quantity::new(most)));
                }
                shelf
                    .turns
                    .push(OpenTurn::new(hand_move, to, giver.key, units));
                taker.key
            }
        };
        shelf
            .turns
            .push(OpenTurn::new(hand_move, from, later, units));
        Ok(())
    }

    /// Units that changed turns by hand take their own again; those that left are gone.
    pub(in crate::stock) fn undo(&mut self, hand_move: i64) {
        let turns = self.shelves.values_mut().flat_map(|shelf| &mut shelf.turns);
        for turn in turns.filter(|turn| turn.hand_move == hand_move) {
            turn.now = 0;
        }
    }
}

impl OpenTurn {
    const fn new(hand_move: i64, line: OrderLineId, key: QueueKey, units: u32) -> Self {
        Self {
            id: None,
            hand_move,
            line,
            key,
            was: 0,
            now: units,
        }
    }
}

impl OpenShelf {
    /// Units of a line that take its own turn.
    fn own(&self, line: OrderLineId, to_ship: u32) -> u32 {
        let turns = self.turns.iter().filter(|turn| turn.line == line);
        to_ship.saturating_sub(turns.map(|turn| turn.now).sum())
    }

    /// Units of a line leave, those served first; `to_ship` and `key` are as they were before.
    pub(super) fn served(&mut self, line: OrderLineId, key: QueueKey, to_ship: u32, units: u32) {
        self.spend(line, key, to_ship, units, false);
    }

    /// A line asks for fewer units: those served last.
    pub(super) fn given_up(&mut self, line: OrderLineId, key: QueueKey, to_ship: u32, units: u32) {
        self.spend(line, key, to_ship, units, true);
    }

    fn spend(&mut self, line: OrderLineId, key: QueueKey, to_ship: u32, units: u32, last: bool) {
        let own = self.own(line, to_ship);
        let mut turns: Vec<&mut OpenTurn> = self
            .turns
            .iter_mut()
            .filter(|turn| turn.line == line)
            .collect();
        if turns.is_empty() {
            return;
        }
        turns.sort_by_key(|turn| turn.key);
        let earlier = turns.partition_point(|turn| turn.key <= key);
        let (before, after) = turns.split_at_mut(earlier);
        let mut left = units;
        let mut spend = |now: &mut u32| {
            let part = left.min(*now);
            *now -= part;
            left -= part;
        };
        let mut own = own;
        if last {
            after.iter_mut().rev().for_each(|turn| spend(&mut turn.now));
            spend(&mut own);
            before
                .iter_mut()
                .rev()
                .for_each(|turn| spend(&mut turn.now));
        } else {
            before.iter_mut().for_each(|turn| spend(&mut turn.now));
            spend(&mut own);
            after.iter_mut().for_each(|turn| spend(&mut turn.now));
        }
    }
}
