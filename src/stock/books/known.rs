//! How much of a queue is known: what happened often affects few of those who wait.

use super::demand::OpenDemand;
use super::rules::Rules;
use super::shelf::{Balances, Known, OpenShelf};
use crate::stock::queue::QueueKey;
use crate::types::Quantity;

/// The lines that what happened affects, besides those it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::stock) struct Affected {
    /// All.
    pub(in crate::stock) everyone: bool,
    /// Those who miss units: some may have become free.
    pub(in crate::stock) short: bool,
    /// Those from a place in the queue on, who may lose.
    pub(in crate::stock) from: Option<QueueKey>,
}

/// What lines that are not read hold and miss, together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::stock) struct Rest {
    pub(in crate::stock) reserved: Quantity,
    pub(in crate::stock) missing: Quantity,
}

impl OpenShelf {
    /// Whom it affects what happened since the books were opened; `None`: nobody else.
    ///
    /// A line ahead of all that was named keeps what it has, unless units became free. A line that
    /// holds all it asks for is never worse off because units became free.
    pub(in crate::stock) fn affected(&self, rules: &Rules) -> Option<Affected> {
        let demand = self.demand.values();
        let ripples: Vec<Ripple> = demand
            .map(|demand| Ripple::of(demand, rules.held_orders_keep_stock))
            .collect();
        let supply_changed = self.supply.values().any(|each| each.was != Some(each.now));
        let more_stock = self.on_hand > self.was.on_hand;
        let short = supply_changed || more_stock || ripples.iter().any(|ripple| ripple.frees);
        if !short && ripples.iter().all(|ripple| ripple.pushes.is_none()) {
            return None;
        }
        // A named line that waits is planned; then all behind it must be.
        let waits = self.demand.values().filter_map(OpenDemand::short_at);
        let pushes = ripples.iter().filter_map(|ripple| ripple.pushes);
        let from = pushes.chain(waits).min();
        Some(Affected {
            everyone: from.is_some_and(|key| key.pinned_at().is_some()),
            short,
            from,
        })
    }

    /// What those who are not read have.
    pub(in crate::stock) fn rest(&self) -> Rest {
        if self.known == Known::Everyone {
            return Rest::default();
        }
        let was = || {
            self.demand
                .values()
                .filter_map(|demand| demand.was.as_ref())
        };
        let reserved = self.was.reserved.less(was().map(|was| was.reserved).sum());
        let to_ship = self.was.to_ship.less(was().map(|was| was.to_ship).sum());
        Rest {
            reserved,
            missing: to_ship.less(reserved),
        }
    }

    /// The balances as they are becoming.
    pub(in crate::stock) fn balances(&self) -> Balances {
        let rest = self.rest();
        let open = || self.demand.values().filter(|demand| demand.waits());
        let reserved = rest.reserved + open().map(|demand| demand.now.reserved).sum();
        let missing = rest.missing + open().map(|demand| demand.now.missing()).sum();
        Balances {
            on_hand: self.on_hand,
            doubted: self.doubted,
            reserved,
            to_ship: reserved + missing,
            incoming: self.supply.values().map(|supply| supply.now.0).sum(),
        }
    }
}

/// What happened to one line, as far as others feel it.
struct Ripple {
    /// From here on it may take from others.
    pushes: Option<QueueKey>,
    /// It may have left units to others.
    frees: bool,
}

impl Ripple {
    fn of(demand: &OpenDemand, held_keep_stock: bool) -> Self {
        let now = &demand.now;
        let Some(was) = &demand.was else {
            return Self {
                pushes: demand.waits().then_some(now.key),
                frees: false,
            };
        };
        let same_turn = was.key == now.key && (held_keep_stock || was.held == now.held);
        let left_whole = was.missing() == now.missing() && was.untaken() == now.untaken();
        let was_taken =
            now.taken >= was.taken && (was.to_ship, was.reserved) == (now.to_ship, now.reserved);
        if same_turn && (left_whole || was_taken) {
            return Self {
                pushes: None,
                frees: false,
            };
        }
        let asks_less = now.to_ship <= was.to_ship && was.taken == now.taken;
        let asks_more = now.to_ship > was.to_ship && was.taken == now.taken;
        Self {
            pushes: (!(same_turn && asks_less)).then_some(was.key.min(now.key)),
            frees: !(same_turn && asks_more),
        }
    }
}

impl OpenDemand {
    /// Its place in the queue, when it misses units or did.
    fn short_at(&self) -> Option<QueueKey> {
        let both = self.was.iter().chain([&self.now]);
        let short = both.filter(|demand| !demand.missing().is_zero());
        short.map(|demand| demand.key).min()
    }
}
