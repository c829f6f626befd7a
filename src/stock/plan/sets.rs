//! Shelves that share kits: what is asked of them is served together, from the head of one queue.

use std::collections::{BTreeSet, HashMap, VecDeque};

use chrono::NaiveDate;

use super::super::origin::Origin;
use super::super::queue::QueueKey;
use super::shelf::{InTurn, Shelf, Verdict};
use crate::types::{OrderLineId, Quantity};

/// The shelves of a plan on which somebody waits for whole sets.
pub(super) struct Coupled(BTreeSet<usize>);

/// What is given all at once or not at all, so many times: a set of parts, or a unit of a claim that
/// belongs to no set.
pub(super) struct Lot {
    pub(super) key: QueueKey,
    /// Whether it is served in the turn of its claim, after those served before that turn by hand.
    own: bool,
    parts: Vec<Part>,
    /// How many of it are missing.
    missing: Quantity,
    pub(super) eligible: bool,
}

/// Units of one claim in a lot.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    shelf: usize,
    claim: usize,
    units: Quantity,
}

impl Coupled {
    pub(super) fn of(shelves: &[Shelf]) -> Self {
        let shelves = shelves.iter().enumerate();
        let coupled = shelves.filter(|(_, shelf)| shelf.has_sets());
        Self(coupled.map(|(at, _)| at).collect())
    }

    pub(super) fn has(&self, shelf: usize) -> bool {
        self.0.contains(&shelf)
    }

    /// From the head of the queue each takes what it misses, in whole sets, while there is any. What
    /// cannot complete a set stays for those behind.
    pub(super) fn serve(&self, shelves: &[Shelf], reserved: &mut [Vec<Quantity>]) {
        if self.0.is_empty() {
            return;
        }
        let mut free: Vec<Quantity> = shelves.iter().map(Shelf::untaken).collect();
        for lot in lots(shelves, reserved, &self.0, Shelf::in_turn) {
            if lot.eligible {
                lot.take(&mut free, reserved);
            }
        }
    }

    /// Covers what is missing: day by day, what lies here or has come by then goes to those it
    /// completes, in queue order, as it will on that day. What completes nobody covers the
    /// others without a promise; the rest is a need.
    pub(super) fn cover(
        &self,
        shelves: &[Shelf],
        reserved: &[Vec<Quantity>],
        verdicts: &mut [Vec<Verdict>],
    ) {
        if self.0.is_empty() {
            return;
        }
        let mut coming: Vec<Coming> = shelves
            .iter()
            .zip(reserved)
            .map(|(shelf, reserved)| Coming::idle(shelf, reserved))
            .collect();
        let mut lots = lots(shelves, reserved, &self.0, Shelf::in_turn);
        let layers = || self.0.iter().flat_map(|at| &shelves[*at].layers);
        let days: BTreeSet<NaiveDate> = layers().map(|layer| layer.due_on).collect();
        for day in [None].into_iter().chain(days.into_iter().map(Some)) {
            for at in &self.0 {
                coming[*at].arrive(&shelves[*at], day);
            }
            for lot in &mut lots {
                lot.promise(&mut coming, verdicts);
            }
            lots.retain(|lot| !lot.missing.is_zero());
        }
        for lot in &lots {
            lot.leave_open(&mut coming, verdicts);
        }
    }
}

/// What is missing on some shelves, in queue order; of each shelf as `turns` says it.
pub(super) fn lots(
    shelves: &[Shelf],
    had: &[Vec<Quantity>],
    of: &BTreeSet<usize>,
    turns: fn(&Shelf, &[Quantity]) -> Vec<InTurn>,
) -> Vec<Lot> {
    let mut lots: Vec<Lot> = Vec::new();
    let mut kits: HashMap<OrderLineId, usize> = HashMap::new();
    for &shelf in of {
        for (key, own, claim, missing) in turns(&shelves[shelf], &had[shelf]) {
            let asks = &shelves[shelf].claims[claim];
            let units = asks.set.map_or(Quantity::new(1), |set| set.per_kit);
            let part = Part {
                shelf,
                claim,
                units,
            };
            let begun = asks.set.and_then(|set| kits.get(&set.kit));
            if let Some(lot) = begun.map(|at| &mut lots[*at]) {
                lot.key = lot.key.min(key);
                lot.missing = lot.missing.min(missing.over(units));
                lot.parts.push(part);
                continue;
            }
            if let Some(set) = asks.set {
                kits.insert(set.kit, lots.len());
            }
            lots.push(Lot {
                key,
                own,
                parts: vec![part],
                missing: missing.over(units),
                eligible: asks.eligible,
            });
        }
    }
    lots.sort_unstable_by(|a, b| (a.key, a.own, &a.parts).cmp(&(b.key, b.own, &b.parts)));
    lots
}

impl Lot {
    /// Units it misses, shelf by shelf.
    pub(super) fn missing(&self) -> impl Iterator<Item = (usize, Quantity)> {
        let parts = self.parts.iter();
        parts.map(|part| (part.shelf, part.units.times(self.missing)))
    }

    /// How many can be made of what there is.
    fn possible(&self, there: impl Fn(usize) -> Quantity) -> Quantity {
        let each = self.parts.iter();
        let most = each.map(|part| there(part.shelf).over(part.units)).min();
        most.unwrap_or_default().min(self.missing)
    }

    /// Takes as many as it misses and there are.
    pub(super) fn take(&self, free: &mut [Quantity], reserved: &mut [Vec<Quantity>]) {
        let lots = self.possible(|shelf| free[shelf]);
        for part in &self.parts {
            let units = part.units.times(lots);
            free[part.shelf] = free[part.shelf].less(units);
            reserved[part.shelf][part.claim] += units;
        }
    }

    /// Is promised as many as can be made by now.
    fn promise(&mut self, coming: &mut [Coming], verdicts: &mut [Vec<Verdict>]) {
        let lots = self.possible(|shelf| coming[shelf].there);
        self.missing = self.missing.less(lots);
        for part in &self.parts {
            let brought = coming[part.shelf].take(part.units.times(lots));
            let verdict = &mut verdicts[part.shelf][part.claim];
            verdict.covered_by = brought.or(verdict.covered_by);
        }
    }

    /// Nothing will complete it: no day can be told, and what nothing covers is to be bought.
    fn leave_open(&self, coming: &mut [Coming], verdicts: &mut [Vec<Verdict>]) {
        for part in &self.parts {
            let missing = part.units.times(self.missing);
            let covered = missing.min(coming[part.shelf].there);
            coming[part.shelf].take(covered);
            let verdict = &mut verdicts[part.shelf][part.claim];
            verdict.uncovered += missing.less(covered);
            verdict.covered_by = None;
        }
    }
}

/// Units of a shelf that nobody has: those that lie here, and those that came by the day that is
/// looked at, oldest first.
struct Coming {
    there: Quantity,
    units: VecDeque<(Option<(Origin, NaiveDate)>, Quantity)>,
    /// Layers that are in it.
    layers: usize,
}

impl Coming {
    fn idle(shelf: &Shelf, reserved: &[Quantity]) -> Self {
        let idle = shelf.on_hand.less(reserved.iter().copied().sum());
        Self {
            there: idle,
            units: VecDeque::from([(None, idle)]),
            layers: 0,
        }
    }

    fn arrive(&mut self, shelf: &Shelf, day: Option<NaiveDate>) {
        let due = shelf.layers[self.layers..].iter();
        for layer in due.take_while(|layer| Some(layer.due_on) <= day) {
            self.there += layer.quantity;
            let from = Some((layer.of, layer.due_on));
            self.units.push_back((from, layer.quantity));
            self.layers += 1;
        }
    }

    /// Takes units that are there; what brought the last of them, unless it lies here.
    fn take(&mut self, mut units: Quantity) -> Option<(Origin, NaiveDate)> {
        self.there = self.there.less(units);
        let mut brought = None;
        while !units.is_zero() {
            let (from, left) = self.units.front_mut()?;
            let part = units.min(*left);
            units = units.less(part);
            *left = left.less(part);
            if !part.is_zero() {
                brought = *from;
            }
            if left.is_zero() {
                self.units.pop_front();
            }
        }
        brought
    }
}
