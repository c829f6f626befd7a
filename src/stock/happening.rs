//! What happens to stock, as data: each action makes one list, which is previewed and applied alike.

use chrono::{DateTime, NaiveDate, Utc};

use super::kit::InSet;
use super::model::{MoveReason, Place};
use super::origin::Origin;
use super::queue::QueueKey;
use crate::catalog::AllocationPolicy;
use crate::types::{
    Change, CountId, LocationId, MovementId, OrderId, OrderLineId, PurchaseLineId, Quantity,
    ReceptionId, ReturnId, ShipmentId, TransferId, TransferLineId, WarehouseId,
};

/// One thing that happens to demand, goods, or what is on its way. They happen in the order of
/// their list, and the queues are served once, after all of them.
///
/// A new kind is a variant here, its reach below, and its effect on the books in `books/apply.rs`.
#[derive(Debug, Clone)]
pub enum Happening {
    /// A line that stands in no queue joins one.
    Join(Ask),
    /// A line asks for more or fewer units, at the same place, or takes another turn there; for 0
    /// units it leaves the queue.
    Ask(Ask),
    /// A line asks for nothing any more, where it stands; what it held is given back.
    Withdraw { line: OrderLineId },
    /// An order is stopped, wherever it waits; what is in a parcel stays there.
    Hold { order: OrderId },
    /// It goes on.
    Release { order: OrderId },
    /// A line of a purchase order or a transfer is on its way, or its quantity or date changed, or
    /// nothing is expected of it any more.
    Expect(Expect),
    /// Goods of a purchase order line arrived; what it still has to deliver shrinks by as much.
    Receive {
        line: PurchaseLineId,
        place: Place,
        quantity: Quantity,
        /// Where they lie; `None`: on the dock, where there are bins.
        bin: Option<LocationId>,
        /// None where only a preview is asked for.
        reception: Option<ReceptionId>,
    },
    /// Goods that a reception brought are taken back out: it was a mistake. What its purchase order
    /// brings again is an [`Happening::Expect`].
    TakeOut {
        place: Place,
        quantity: Quantity,
        reception: ReceptionId,
    },
    /// Goods leave for another warehouse. What is on its way there is an [`Happening::Expect`].
    Depart {
        place: Place,
        quantity: Quantity,
        transfer: TransferId,
        /// Whether units that belong to orders may leave as well.
        reserved_too: bool,
    },
    /// Goods of a transfer arrived; what is under way of it shrinks by as much.
    Arrive {
        line: TransferLineId,
        place: Place,
        quantity: Quantity,
        transfer: TransferId,
    },
    /// Goods of a transfer are back where they came from. What is still under way of it is an
    /// [`Happening::Expect`].
    ComeBack {
        place: Place,
        quantity: Quantity,
        transfer: TransferId,
    },
    /// Units come back from a customer.
    TakeBack {
        place: Place,
        /// Where they lie; `None`: on the dock, where there are bins.
        bin: Option<LocationId>,
        quantity: Quantity,
        condition: Condition,
        of: ReturnId,
        note: String,
    },
    /// Somebody found more or fewer units than the books say.
    Adjust {
        place: Place,
        /// Where; `None`: found on the dock, or gone from the bins that come first.
        bin: Option<LocationId>,
        change: Change,
        reason: MoveReason,
        note: String,
    },
    /// A count found more or fewer units than the books said.
    Count {
        place: Place,
        /// Where; `None`: the warehouse has no bins.
        bin: Option<LocationId>,
        change: Change,
        /// `None` where only a preview is asked for.
        count: Option<CountId>,
    },
    /// A movement was a mistake: its opposite.
    Correct {
        movement: MovementId,
        place: Place,
        /// The bin it concerned, where there are any.
        bin: Option<LocationId>,
        change: Change,
        /// That of the movement.
        reason: MoveReason,
        note: String,
    },
    /// Units change bins in their warehouse.
    PutAway {
        place: Place,
        from: LocationId,
        to: LocationId,
        quantity: Quantity,
        /// Whether they stop being usable: any line may lose units.
        into_quarantine: bool,
        note: String,
    },
    /// The parcel of a line takes units from another bin than was chosen for it.
    HoldElsewhere {
        line: OrderLineId,
        from: LocationId,
        to: LocationId,
        quantity: Quantity,
    },
    /// An operator takes all that is reserved for an order in a warehouse: from then on it is
    /// untouchable. Refused, without a word to the others of the list, where nothing is reserved,
    /// less than `at_least`, or somebody was first.
    Take {
        order: OrderId,
        warehouse: WarehouseId,
        at_least: Quantity,
    },
    /// A parcel is given up: what was taken for it goes back to the queue.
    PutBack {
        order: OrderId,
        warehouse: WarehouseId,
    },
    /// The parcel of a line takes fewer units: the rest goes back to the queue, where it lies. What a
    /// picker did not find stays in the books, and is given to nobody until somebody counts.
    LeaveOut {
        line: OrderLineId,
        /// Where it should lie; `None`: anywhere.
        bin: Option<LocationId>,
        quantity: Quantity,
        missing: bool,
    },
    /// Somebody looked what lies there: nothing that a picker did not find is doubted any more.
    Settle {
        place: Place,
        /// Where; `None`: the warehouse has no bins.
        bin: Option<LocationId>,
    },
    /// Units that were taken leave in a parcel.
    Ship {
        line: OrderLineId,
        quantity: Quantity,
        shipment: ShipmentId,
    },
    /// Units that left in a parcel did not leave: they lie in it again, kept from others. That its line
    /// asks for them again is an [`Happening::Ask`] before it.
    BringBack {
        line: OrderLineId,
        place: Place,
        quantity: Quantity,
        /// Where they came from; `None`: the warehouse has no bins, or nobody knows any more.
        bin: Option<LocationId>,
        shipment: ShipmentId,
    },
    /// A line goes before all that are not pinned, and behind those pinned earlier.
    Pin { line: OrderLineId },
    /// It takes its turn again.
    Unpin { line: OrderLineId },
    /// Reserved units of a line change turns with as many that another line of the same place
    /// misses; with no other line, they are served after everybody who waits now.
    Give {
        /// The row of `hand_moves` that says why; 0 where only a preview is asked for.
        hand_move: i64,
        from: OrderLineId,
        to: Option<OrderLineId>,
        quantity: Quantity,
    },
    /// Units that changed turns by hand take their own again; those that left are gone.
    Undo { hand_move: i64, line: OrderLineId },
    /// A warehouse gives out its stock by this policy from now on.
    Policy {
        warehouse: WarehouseId,
        policy: AllocationPolicy,
        /// Under [`AllocationPolicy::CompleteFirst`]: an order that waited this many days may collect.
        collect_after_days: u32,
    },
    /// Orders on hold keep the stock reserved for them from now on, or give it away.
    HeldOrders { keep_stock: bool },
    /// Every queue of a warehouse is served anew by the rules there are, or of all of them.
    Rule { warehouse: Option<WarehouseId> },
}

impl Happening {
    /// Whether goods may be put into a bin by it.
    pub(super) const fn puts(&self) -> bool {
        match self {
            Self::Receive { .. }
            | Self::Arrive { .. }
            | Self::ComeBack { .. }
            | Self::BringBack { .. }
            | Self::TakeBack { .. }
            | Self::Correct { .. }
            | Self::PutAway { .. } => true,
            Self::Adjust { change, .. } | Self::Count { change, .. } => change.get() > 0,
            _ => false,
        }
    }

    /// The bins it names, each with the place whose goods it speaks of; `None`: where its line waits.
    pub(super) fn bins(&self) -> [Option<(LocationId, Option<Place>)>; 2] {
        match self {
            Self::Receive { bin, place, .. }
            | Self::TakeBack { bin, place, .. }
            | Self::Adjust { bin, place, .. }
            | Self::Count { bin, place, .. }
            | Self::Settle { bin, place }
            | Self::BringBack { bin, place, .. }
            | Self::Correct { bin, place, .. } => [bin.map(|bin| (bin, Some(*place))), None],
            Self::PutAway {
                from, to, place, ..
            } => [*from, *to].map(|bin| Some((bin, Some(*place)))),
            Self::HoldElsewhere { from, to, .. } => [*from, *to].map(|bin| Some((bin, None))),
            Self::LeaveOut { bin, .. } => [bin.map(|bin| (bin, None)), None],
            _ => [None, None],
        }
    }
}

/// In what condition units come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// They can be sold again: never where goods are not usable.
    Good,
    /// They cannot, and are put where they wait for somebody to decide.
    Damaged,
    /// They cannot, and are thrown away at once.
    Scrapped,
}

/// What an order line asks of a place.
#[derive(Debug, Clone)]
pub struct Ask {
    pub line: OrderLineId,
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
    /// The kit it is a part of, if it is to be served in whole sets: all parts of it ask at once.
    pub set: Option<InSet>,
}

impl Ask {
    /// Its place in the queue, unless it is pinned there.
    pub(super) fn key(&self) -> QueueKey {
        QueueKey::new(
            None,
            self.priority_rank,
            self.required_by,
            self.placed_at,
            self.order,
            self.line_number,
        )
    }
}

/// What a line of a purchase order or a transfer still has to bring.
#[derive(Debug, Clone)]
pub struct Expect {
    pub of: Origin,
    /// Where it will be received.
    pub place: Place,
    /// Units to come; 0 when nothing is expected any more.
    pub quantity: Quantity,
    pub due_on: NaiveDate,
}
