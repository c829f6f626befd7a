//! Kits in the queue: parts that are reserved, promised and shipped in whole sets.

use crate::types::{OrderLineId, Quantity};

/// The set of which a line of demand is a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InSet {
    /// The line of the kit that was sold.
    pub kit: OrderLineId,
    /// Units of this part in one set.
    pub per_kit: Quantity,
    /// Lines of demand that make a set together, all of one warehouse.
    pub parts: i16,
}

impl InSet {
    /// Of a row, which has all three where it is served in whole sets.
    pub fn of_row(
        kit: Option<OrderLineId>,
        per_kit: Option<Quantity>,
        parts: Option<i16>,
    ) -> Option<Self> {
        Some(Self {
            kit: kit?,
            per_kit: per_kit?,
            parts: parts?,
        })
    }
}
