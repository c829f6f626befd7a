//! What happenings reach: the books they open, and the lines in them.

use std::collections::BTreeSet;

use super::happening::Happening;
use super::model::Place;
use super::queue::QueueKey;
use crate::types::{LocationId, OrderId, OrderLineId, WarehouseId};

/// Which books a list of happenings opens, and which lines in them it may touch. The lines of others
/// are read only where the plan must know them: a line that joins the end of a queue of a million
/// reads none.
#[derive(Debug, Clone, Default)]
pub(super) struct Reach {
    /// Places that are named.
    pub(super) places: BTreeSet<Place>,
    /// Where goods of transfers are on their way to: more is written there, and nothing touched.
    pub(super) bound_for: BTreeSet<Place>,
    /// Of these, where every line may be touched.
    pub(super) everyone: BTreeSet<Place>,
    /// Orders whose lines may be touched, in a warehouse or wherever they wait.
    pub(super) orders: BTreeSet<(OrderId, Option<WarehouseId>)>,
    /// Lines that may be touched, wherever they wait.
    pub(super) lines: BTreeSet<OrderLineId>,
    /// Lines where all that wait with them may be touched.
    pub(super) crowds: BTreeSet<OrderLineId>,
    /// Warehouses where every line of every queue may be touched; `None` among them: all of them.
    pub(super) rules: BTreeSet<Option<WarehouseId>>,
    /// Bins that are named, for the goods of a place, or for those of lines.
    pub(super) bins: BTreeSet<(LocationId, Option<Place>)>,
    /// From where in the queue on others may lose units.
    pub(super) robs: Robbed,
    /// Whether that is from the places of the orders and lines that are named on as well.
    pub(super) robs_behind_named: bool,
    /// Whether units may become free for those who wait.
    pub(super) frees: bool,
    /// Whether there may be more to give than the levels say: more units, or more on their way.
    pub(super) brings: bool,
}

/// Which kits are read with all their parts, where their places are opened.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct KitsRead {
    /// From where in the queue on.
    pub(super) from: Robbed,
    /// All that wait; else those that wait where there is anything to give.
    pub(super) all_waiting: bool,
}

/// Who may lose units to others: earlier places in the queue reach more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Robbed {
    Anybody,
    /// Those from this place in the queue on.
    From(QueueKey),
    #[default]
    Nobody,
}

impl Reach {
    pub(super) fn of(happenings: &[Happening]) -> Self {
        let mut reach = Self::default();
        for happening in happenings {
            reach.add(happening);
        }
        reach
    }

    /// Who may lose or gain units by it, besides the lines it names.
    fn rob(&mut self, happening: &Happening) {
        use Robbed::{Anybody, From, Nobody};
        let (robbed, behind_named, frees) = match happening {
            Happening::Join(ask) => (From(ask.key().of_order()), false, false),
            Happening::Ask(ask) => (From(ask.key().of_order()), true, true),
            Happening::Withdraw { .. }
            | Happening::Hold { .. }
            | Happening::Release { .. }
            | Happening::PutBack { .. }
            | Happening::LeaveOut { missing: false, .. } => (Nobody, true, true),
            Happening::Receive { .. }
            | Happening::Arrive { .. }
            | Happening::ComeBack { .. }
            | Happening::TakeBack { .. }
            | Happening::BringBack { .. } => (Nobody, false, true),
            Happening::Expect(_)
            | Happening::Take { .. }
            | Happening::Ship { .. }
            | Happening::HoldElsewhere { .. } => (Nobody, false, false),
            _ => (Anybody, false, true),
        };
        self.robs = self.robs.min(robbed);
        self.robs_behind_named |= behind_named;
        self.frees |= frees;
        self.brings |= frees || matches!(happening, Happening::Expect(_));
    }

    fn add(&mut self, happening: &Happening) {
        self.rob(happening);
        self.bins.extend(happening.bins().into_iter().flatten());
        match happening {
            Happening::Join(ask) => {
                self.places.insert(ask.place);
            }
            Happening::Ask(ask) => {
                self.places.insert(ask.place);
                self.lines.insert(ask.line);
            }
            Happening::Withdraw { line }
            | Happening::Ship { line, .. }
            | Happening::HoldElsewhere { line, .. }
            | Happening::Pin { line }
            | Happening::Unpin { line } => {
                self.lines.insert(*line);
            }
            Happening::Hold { order } | Happening::Release { order } => {
                self.orders.insert((*order, None));
            }
            Happening::Take {
                order, warehouse, ..
            }
            | Happening::PutBack { order, warehouse } => {
                self.orders.insert((*order, Some(*warehouse)));
            }
            Happening::Expect(expect) if expect.of.transfer().is_some() => {
                self.bound_for.insert(expect.place);
            }
            Happening::Expect(expect) => {
                self.places.insert(expect.place);
            }
            Happening::Receive { place, .. }
            | Happening::Arrive { place, .. }
            | Happening::ComeBack { place, .. }
            | Happening::TakeBack { place, .. } => {
                self.places.insert(*place);
            }
            // Any line may lose units.
            Happening::TakeOut { place, .. }
            | Happening::Depart { place, .. }
            | Happening::Adjust { place, .. }
            | Happening::Count { place, .. }
            | Happening::Settle { place, .. }
            | Happening::Correct { place, .. } => {
                self.places.insert(*place);
                self.everyone.insert(*place);
            }
            Happening::PutAway {
                place,
                into_quarantine,
                ..
            } => {
                self.places.insert(*place);
                if *into_quarantine {
                    self.everyone.insert(*place);
                }
            }
            Happening::BringBack { line, place, .. } => {
                self.lines.insert(*line);
                self.places.insert(*place);
            }
            Happening::LeaveOut {
                line,
                missing: false,
                ..
            } => {
                self.lines.insert(*line);
            }
            // Any line may gain or lose.
            Happening::LeaveOut { line, .. } => {
                self.lines.insert(*line);
                self.crowds.insert(*line);
            }
            Happening::Give { from: line, .. } | Happening::Undo { line, .. } => {
                self.crowds.insert(*line);
            }
            Happening::Policy { warehouse, .. } => {
                self.rules.insert(Some(*warehouse));
            }
            Happening::HeldOrders { .. } => {
                self.rules.insert(None);
            }
            Happening::Rule { warehouse } => {
                self.rules.insert(*warehouse);
            }
        }
    }
}
