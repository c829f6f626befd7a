//! How an order line looks on every page, read off its row of demand.

use chrono::NaiveDate;

use super::when::When;
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
        /// When the rest will be there.
        rest: When,
    },
    /// Red: none of it.
    Missing(When),
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
            Self::Missing(_) => "missing",
            Self::Waiting => "waiting",
        }
    }

    /// What it says beside its colour: how much is reserved, and when the rest will be there.
    pub fn words(self) -> String {
        match self {
            Self::Shipped => "shipped".to_owned(),
            Self::Cancelled => "cancelled".to_owned(),
            Self::Reserved => "reserved".to_owned(),
            Self::Waiting => "waiting".to_owned(),
            Self::Missing(when) => format!("missing, {}", when.words()),
            Self::Partly { reserved, of, rest } => {
                format!("{reserved} of {of} reserved, rest {}", rest.words())
            }
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

    /// How the line looks today.
    pub fn look(&self, today: NaiveDate) -> Look {
        let to_ship = self.to_ship();
        let rest = When::seen(self.expected_on, today);
        if to_ship.is_zero() {
            if self.shipped.is_zero() {
                Look::Cancelled
            } else {
                Look::Shipped
            }
        } else if self.reserved == to_ship {
            Look::Reserved
        } else if self.uncovered.is_zero() && self.expected_on.is_none() {
            Look::Waiting
        } else if self.reserved.is_zero() {
            Look::Missing(rest)
        } else {
            Look::Partly {
                reserved: self.reserved,
                of: to_ship,
                rest,
            }
        }
    }
}
