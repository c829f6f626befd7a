//! Units that are served at another place in the queue than their line.

use crate::stock::queue::QueueKey;
use crate::types::{OrderLineId, Quantity};

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

impl OpenTurn {
    pub(super) const fn new(
        hand_move: i64,
        line: OrderLineId,
        key: QueueKey,
        units: Quantity,
    ) -> Self {
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
