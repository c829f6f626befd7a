//! The one order in which demand is served.

use chrono::{DateTime, NaiveDate, Utc};

use crate::types::{OrderId, text_enum};

text_enum! {
    /// How much an order may jump the queue.
    Priority {
        /// Before all others.
        Urgent = "urgent", "Urgent";
        /// Before normal ones.
        High = "high", "High";
        /// As they come.
        Normal = "normal", "Normal";
        /// After all others.
        Low = "low", "Low";
    }
}

impl Priority {
    /// 0 is served first; as stored in `demand.priority_rank`.
    pub const fn rank(self) -> i16 {
        self as i16
    }
}

text_enum! {
    /// Whether an order may leave in several parcels.
    ShippingPolicy {
        /// What is reserved may ship, the rest follows.
        PartialAllowed = "partial_allowed", "Partial shipments allowed";
        /// Nothing ships before everything is there.
        CompleteOnly = "complete_only", "Complete only";
    }
}

/// No date is required: after every date that is.
pub const NO_DATE: NaiveDate =
    NaiveDate::from_ymd_opt(9999, 12, 31).expect("a date of the calendar");

/// A place in the queue: compared field by field, smallest first. Total, as no order has two lines
/// of one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct QueueKey {
    /// Pinned by hand, first pinned first; `None` comes after all that are.
    pinned: (bool, Option<DateTime<Utc>>),
    /// [`Priority::rank`].
    pub priority_rank: i16,
    /// [`NO_DATE`] when none is required.
    pub required_by: NaiveDate,
    /// When the order was placed.
    pub placed_at: DateTime<Utc>,
    /// Orders placed in the same instant.
    pub order: OrderId,
    /// Line of the order.
    pub line_number: i32,
}

impl QueueKey {
    /// The place of a line.
    pub fn new(
        pinned_at: Option<DateTime<Utc>>,
        priority_rank: i16,
        required_by: NaiveDate,
        placed_at: DateTime<Utc>,
        order: OrderId,
        line_number: i32,
    ) -> Self {
        let pinned = (pinned_at.is_none(), pinned_at);
        Self {
            pinned,
            priority_rank,
            required_by,
            placed_at,
            order,
            line_number,
        }
    }

    /// The same line, pinned by hand or in its turn again.
    #[must_use]
    pub fn pinned(self, pinned_at: Option<DateTime<Utc>>) -> Self {
        Self {
            pinned: (pinned_at.is_none(), pinned_at),
            ..self
        }
    }

    /// The first place of its order: before all lines of it.
    #[must_use]
    pub(super) const fn of_order(self) -> Self {
        Self {
            line_number: 0,
            ..self
        }
    }

    /// When it was pinned by hand, if it was.
    pub fn pinned_at(&self) -> Option<DateTime<Utc>> {
        self.pinned.1
    }
}

/// The same order for SQL, over the columns of `demand` under the alias `d`.
pub const QUEUE_SQL: &str = "d.pinned_at asc nulls last, d.priority_rank, d.required_by, \
    d.placed_at, d.order_id, d.line_number";

/// From the last to the first.
pub(super) const QUEUE_BACKWARDS_SQL: &str = "d.pinned_at desc nulls first, d.priority_rank desc, \
    d.required_by desc, d.placed_at desc, d.order_id desc, d.line_number desc";
