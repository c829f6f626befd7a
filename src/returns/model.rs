//! Returns.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::schema::returns;
use crate::types::{OrderId, RecordRef, ReturnId, UserId, WarehouseId, text_enum};

text_enum! {
    /// How far a return is.
    ReturnStatus {
        /// It is to come, or lies on the desk.
        Announced = "announced", "Announced";
        /// What became of its units is decided.
        Received = "received", "Received";
        /// It does not come.
        Cancelled = "cancelled", "Cancelled";
    }
}

impl ReturnStatus {
    /// The tone of its pill.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Announced => "info",
            Self::Received => "done",
            Self::Cancelled => "quiet",
        }
    }
}

text_enum! {
    /// Why a customer sends something back.
    ReturnReason {
        /// Too large, too small.
        DoesNotFit = "does_not_fit", "Does not fit";
        /// It is not what was shown.
        NotAsDescribed = "not_as_described", "Not as described";
        /// It broke on its way.
        ArrivedDamaged = "arrived_damaged", "Arrived damaged";
        /// Somebody took the wrong thing off the shelf.
        WrongItem = "wrong_item", "Wrong item";
        /// It came when it was not needed any more.
        TooLate = "too_late", "Came too late";
        /// They thought better of it.
        ChangedMind = "changed_mind", "Changed their mind";
        /// The note says why, or nobody does.
        Other = "other", "Other";
    }
}

/// What a customer sends back of an order.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = returns)]
pub struct Return {
    pub id: ReturnId,
    /// What people call it: RT-000123.
    pub number: String,
    pub order_id: OrderId,
    /// Where it is received.
    pub warehouse_id: WarehouseId,
    /// How far it is.
    pub status: ReturnStatus,
    /// About it; may be empty.
    pub note: String,
    /// The order that sends the customer others.
    pub replacement_order_id: Option<OrderId>,
    pub created_by: Option<UserId>,
    pub created_at: DateTime<Utc>,
    pub received_by: Option<UserId>,
    pub received_at: Option<DateTime<Utc>>,
}

impl Return {
    pub const fn record(&self) -> RecordRef {
        RecordRef::Return(self.id)
    }

    pub fn path(&self) -> String {
        self.record().path()
    }

    pub fn is_announced(&self) -> bool {
        self.status == ReturnStatus::Announced
    }

    pub fn is_received(&self) -> bool {
        self.status == ReturnStatus::Received
    }
}
