//! How much of a queue is read: what happened often concerns few of those who wait.

use std::collections::BTreeSet;

use super::{Balances, Claimed, OpenClaim, OpenShelf};
use crate::stock::load::Rules;
use crate::stock::model::Place;
use crate::stock::queue::QueueKey;
use crate::types::{OrderId, Quantity};

/// The places whose books are opened, and whose lines there may be touched. The lines of others are
/// read only where the plan must know them: a line that joins the end of a queue of a million reads
/// none.
#[derive(Debug, Clone)]
pub struct Reach {
    pub(in crate::stock) places: BTreeSet<Place>,
    /// `None`: everybody's.
    pub(in crate::stock) orders: Option<BTreeSet<OrderId>>,
}

impl Reach {
    /// Every line of these places may be touched.
    pub fn everyone(places: impl IntoIterator<Item = Place>) -> Self {
        Self {
            places: places.into_iter().collect(),
            orders: None,
        }
    }

    /// Only lines of these orders are touched.
    pub fn orders(
        orders: impl IntoIterator<Item = OrderId>,
        places: impl IntoIterator<Item = Place>,
    ) -> Self {
        Self {
            places: places.into_iter().collect(),
            orders: Some(orders.into_iter().collect()),
        }
    }

    /// No line that stands in a queue is touched: others join, goods arrive, or what is on its way
    /// changes.
    pub fn nobody(places: impl IntoIterator<Item = Place>) -> Self {
        Self::orders([], places)
    }
}

/// Which lines of a queue stand in the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::stock) enum Read {
    /// All.
    Everyone,
    /// Those of the orders that may be touched: nobody else is concerned, and nothing is planned.
    Touched,
    /// Those the plan must know. The others keep what they have; it is what the level counts and
    /// these lines do not.
    Concerned,
}

/// The lines that what happened concerns, besides those that were touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::stock) struct Concerned {
    /// All.
    pub(in crate::stock) everyone: bool,
    /// Those who miss units: some may have become free.
    pub(in crate::stock) short: bool,
    /// Those from a place in the queue on, who may lose.
    pub(in crate::stock) from: Option<QueueKey>,
}

/// What lines that are not read hold and miss, together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::stock) struct Others {
    pub(in crate::stock) reserved: u32,
    pub(in crate::stock) missing: u32,
}

impl OpenShelf {
    /// Whom it concerns what happened since the books were opened; `None`: nobody else.
    ///
    /// A line ahead of all that was touched keeps what it has, unless units became free. A line that
    /// holds all it asks for is never worse off because units became free.
    pub(in crate::stock) fn concerned(&self, rules: &Rules) -> Option<Concerned> {
        let stirs: Vec<Stir> = self
            .claims
            .values()
            .map(|claim| Stir::of(claim, rules.held_orders_keep_stock))
            .collect();
        let layers_changed = self.layers.values().any(|l| l.was != Some(l.now));
        let more_stock = self.on_hand > self.was.on_hand.get();
        let short = layers_changed || more_stock || stirs.iter().any(|stir| stir.frees);
        if !short && stirs.iter().all(|stir| stir.competes.is_none()) {
            return None;
        }
        // A touched line that waits is planned; then all behind it must be.
        let waits = self.claims.values().filter_map(OpenClaim::waits);
        let competes = stirs.iter().filter_map(|stir| stir.competes);
        let from = competes.chain(waits).min();
        Some(Concerned {
            everyone: from.is_some_and(|key| key.pinned_at().is_some()),
            short,
            from,
        })
    }

    /// What those who are not read have.
    pub(in crate::stock) fn others(&self) -> Others {
        if self.read == Read::Everyone {
            return Others::default();
        }
        let was = || self.claims.values().filter_map(|claim| claim.was.as_ref());
        let reserved = self.was.reserved.get() - was().map(|was| was.reserved).sum::<u32>();
        let to_ship = self.was.to_ship.get() - was().map(|was| was.to_ship).sum::<u32>();
        Others {
            reserved,
            missing: to_ship - reserved,
        }
    }

    /// The balances as they are becoming.
    pub(in crate::stock) fn balances(&self) -> Balances {
        let others = self.others();
        let claims = || self.claims.values().map(|claim| &claim.now);
        let open = || claims().filter(|now| now.to_ship > 0);
        let reserved = others.reserved + open().map(|now| now.reserved).sum::<u32>();
        let missing = others.missing + open().map(Claimed::missing).sum::<u32>();
        Balances {
            on_hand: Quantity::new(self.on_hand),
            reserved: Quantity::new(reserved),
            to_ship: Quantity::new(reserved + missing),
            incoming: Quantity::new(self.layers.values().map(|layer| layer.now.0).sum()),
        }
    }
}

/// What happened to one line, as far as others feel it.
struct Stir {
    /// From here on it may take from others.
    competes: Option<QueueKey>,
    /// It may have left units to others.
    frees: bool,
}

impl Stir {
    const NONE: Self = Self {
        competes: None,
        frees: false,
    };

    fn of(claim: &OpenClaim, held_keep_stock: bool) -> Self {
        let now = &claim.now;
        let Some(was) = &claim.was else {
            return Self {
                competes: (now.to_ship > 0).then_some(now.key),
                frees: false,
            };
        };
        let same_turn = was.key == now.key && (held_keep_stock || was.held == now.held);
        let untaken = |claim: &Claimed| claim.reserved - claim.taken;
        let left_whole = was.missing() == now.missing() && untaken(was) == untaken(now);
        let was_taken =
            now.taken >= was.taken && (was.to_ship, was.reserved) == (now.to_ship, now.reserved);
        if same_turn && (left_whole || was_taken) {
            return Self::NONE;
        }
        let asks_less = now.to_ship <= was.to_ship && was.taken == now.taken;
        let asks_more = now.to_ship > was.to_ship && was.taken == now.taken;
        Self {
            competes: (!(same_turn && asks_less)).then_some(was.key.min(now.key)),
            frees: !(same_turn && asks_more),
        }
    }
}

impl Claimed {
    /// Units to ship that are not reserved.
    pub(in crate::stock) const fn missing(&self) -> u32 {
        self.to_ship.saturating_sub(self.reserved)
    }
}

impl OpenClaim {
    /// Its place in the queue, when it misses units or did.
    fn waits(&self) -> Option<QueueKey> {
        let was = self.was.as_ref().filter(|was| was.missing() > 0);
        let now = Some(&self.now).filter(|now| now.missing() > 0);
        was.into_iter().chain(now).map(|claim| claim.key).min()
    }
}
