//! What a change would do to one order line, in the reader's words.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::when::When;
use crate::types::{OrderId, Quantity, Sku, counted};

/// What a change would do to one order line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    pub order_id: OrderId,
    pub order_number: String,
    pub customer: String,
    pub sku: Sku,
    /// What the product is called.
    pub product: String,
    pub to_ship: Quantity,
    /// Units reserved now.
    pub reserved_before: Quantity,
    /// Units reserved after.
    pub reserved: Quantity,
    /// When its last missing unit is expected now; `None`: reserved, or not on order.
    pub expected_before: Option<NaiveDate>,
    /// When it would be expected.
    pub expected: Option<NaiveDate>,
    /// The day it is seen from.
    pub today: NaiveDate,
}

impl Effect {
    /// Whether the line would be worse off: fewer units, or as many and a later date or none.
    pub fn loses(&self) -> bool {
        let before = (self.reserved_before, self.expected_before);
        is_worse(self.to_ship, before, (self.reserved, self.expected))
    }

    /// `3 fewer` or `3 more`; empty when it has as many as before.
    pub fn units(&self) -> String {
        let (before, after) = (self.reserved_before, self.reserved);
        match (before.less(after).get(), after.less(before).get()) {
            (0, 0) => String::new(),
            (0, more) => format!("{more} more"),
            (fewer, _) => format!("{fewer} fewer"),
        }
    }

    /// How it stands now: `2 of 5, rest 12 Dec`.
    pub fn now(&self) -> String {
        self.stands(self.reserved_before, self.expected_before)
    }

    /// How it would stand.
    pub fn then(&self) -> String {
        self.stands(self.reserved, self.expected)
    }

    fn stands(&self, reserved: Quantity, date: Option<NaiveDate>) -> String {
        let units = format!("{reserved} of {}", self.to_ship);
        if reserved == self.to_ship {
            "reserved".to_owned()
        } else {
            format!("{units}, rest {}", When::seen(date, self.today).words())
        }
    }

    /// `8 days later`, when it has a date before and after; else empty.
    pub fn moves(&self) -> String {
        let days = self.expected_before.zip(self.expected);
        let days = days.map_or(0, |(before, after)| (after - before).num_days());
        let counted = counted(days.abs(), "day");
        match days {
            0 => String::new(),
            1.. => format!("{counted} later"),
            _ => format!("{counted} earlier"),
        }
    }
}

/// Whether a line of so many units to ship is worse off after than before: by its reserved units,
/// else by the date of the last one it misses.
pub(super) fn is_worse(
    to_ship: Quantity,
    before: (Quantity, Option<NaiveDate>),
    after: (Quantity, Option<NaiveDate>),
) -> bool {
    let waits = |(reserved, date): (Quantity, Option<NaiveDate>)| match date {
        Some(date) => date,
        None if reserved == to_ship => NaiveDate::MIN,
        None => NaiveDate::MAX,
    };
    after.0 < before.0 || after.0 == before.0 && waits(after) > waits(before)
}
