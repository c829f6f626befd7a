//! How an order line looks on every page, read off its row of demand.

use chrono::NaiveDate;

use crate::types::Quantity;

/// The look of an order line: what colour and words it gets on every page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Everything left: struck through.
    Shipped,
    /// Nothing left to ship because it was cancelled: struck through.
    Cancelled,
    /// Green.
    Reserved,
    /// Orange: some of it.
    Partly {
        reserved: Quantity,
        of: Quantity,
        /// When the rest will be there; `None`: not on order.
        expected_on: Option<NaiveDate>,
    },
    /// Red: none of it.
    Missing {
        /// When it will be there; `None`: not on order.
        expected_on: Option<NaiveDate>,
    },
    /// The units lie here, and the line may not take them yet: the order waits to be complete, or
    /// is on hold.
    Waiting,
}

impl Look {
    /// As the component of pages that draws it calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shipped => "shipped",
            Self::Cancelled => "cancelled",
            Self::Reserved => "reserved",
            Self::Partly { .. } => "partial",
            Self::Missing { .. } => "missing",
            Self::Waiting => "waiting",
        }
    }

    /// What it says beside its colour: how much is reserved, and when the rest will be there.
    pub fn words(self) -> String {
        let when = |expected_on: Option<NaiveDate>| {
            expected_on.map_or_else(
                || "not on order".to_owned(),
                |date| date.format("%-d %b").to_string(),
            )
        };
        match self {
            Self::Shipped => "shipped".to_owned(),
            Self::Cancelled => "cancelled".to_owned(),
            Self::Reserved => "reserved".to_owned(),
            Self::Waiting => "waiting".to_owned(),
            Self::Missing { expected_on } => format!("missing, {}", when(expected_on)),
            Self::Partly {
                reserved,
                of,
                expected_on,
            } => format!("{reserved} of {of} reserved, rest {}", when(expected_on)),
        }
    }
}

/// What the look of a line is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LineLook {
    /// Units the customer ordered.
    pub ordered: Quantity,
    /// Units that left.
    pub shipped: Quantity,
    /// Units given up.
    pub cancelled: Quantity,
    pub reserved: Quantity,
    /// Units that nothing covers.
    pub uncovered: Quantity,
    /// When the last missing unit will be there.
    pub expected_on: Option<NaiveDate>,
}

impl LineLook {
    /// Units still to ship.
    pub fn to_ship(&self) -> Quantity {
        self.ordered.less(self.shipped).less(self.cancelled)
    }

    /// Units to ship that are not reserved.
    pub fn missing(&self) -> Quantity {
        self.to_ship().less(self.reserved)
    }

    /// How the line looks.
    pub fn look(&self) -> Look {
        let (to_ship, expected_on) = (self.to_ship(), self.expected_on);
        if to_ship.is_zero() {
            if self.shipped.is_zero() {
                Look::Cancelled
            } else {
                Look::Shipped
            }
        } else if self.reserved == to_ship {
            Look::Reserved
        } else if self.uncovered.is_zero() && expected_on.is_none() {
            Look::Waiting
        } else if self.reserved.is_zero() {
            Look::Missing { expected_on }
        } else {
            Look::Partly {
                reserved: self.reserved,
                of: to_ship,
                expected_on,
            }
        }
    }
}
