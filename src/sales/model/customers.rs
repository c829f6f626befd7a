//! Who orders.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::schema::customers;
use crate::stock::{Priority, ShippingPolicy};
use crate::types::{ChannelId, CustomerId, RecordRef};

/// Who orders.
#[derive(Debug, Clone, PartialEq, HasQuery)]
#[diesel(table_name = customers)]
pub struct Customer {
    pub id: CustomerId,
    /// What the merchant calls it: an account number.
    pub code: String,
    pub name: String,
    /// May be empty.
    pub email: String,
    /// May be empty.
    pub phone: String,
    /// Where its orders are sent; lines, may be empty.
    pub address: String,
    /// May be empty.
    pub country: String,
    /// Class of its new orders.
    pub priority: Priority,
    /// Whether its new orders may leave in several parcels.
    pub shipping_policy: ShippingPolicy,
    /// For colleagues.
    pub note: String,
    /// Since when it is known.
    pub created_at: DateTime<Utc>,
    /// Raised by every edit.
    pub version: i32,
    /// Where it comes from; its code is unique there.
    pub channel_id: ChannelId,
}

impl Customer {
    /// Whether anybody may give an order of this customer that priority: up to its class.
    pub const fn allows(&self, priority: Priority) -> bool {
        priority.rank() >= self.priority.rank()
    }

    /// The last line of its address: the town, as most people write it; may be empty.
    pub fn town(&self) -> &str {
        self.address.trim().lines().last().unwrap_or_default()
    }

    pub const fn record(&self) -> RecordRef {
        RecordRef::Customer(self.id)
    }

    pub fn path(&self) -> String {
        self.record().path()
    }
}
