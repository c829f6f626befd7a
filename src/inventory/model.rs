//! Transfers and their lines.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};

use crate::schema::{transfer_lines, transfers};
use crate::stock::When;
use crate::types::{
    ProductId, Quantity, RecordRef, Sku, TransferId, TransferLineId, UserId, WarehouseId, text_enum,
};

text_enum! {
    /// How far a transfer is.
    TransferStatus {
        /// Being written; its goods lie where they are.
        Draft = "draft", "Draft";
        /// Its goods are under way.
        Sent = "sent", "Sent";
        /// Some of them arrived.
        PartlyReceived = "partly_received", "Partly received";
        /// Nothing is under way any more.
        Received = "received", "Received";
        /// Given up: nothing of it arrived, and nothing will.
        Cancelled = "cancelled", "Cancelled";
    }
}

impl TransferStatus {
    /// Of transfers that something is still to become of.
    pub const OPEN: [Self; 3] = [Self::Draft, Self::Sent, Self::PartlyReceived];

    /// Whether goods of it are under way.
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Sent | Self::PartlyReceived)
    }

    /// The tone of its pill.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Draft | Self::Cancelled => "quiet",
            Self::Sent => "info",
            Self::PartlyReceived => "warn",
            Self::Received => "done",
        }
    }
}

text_enum! {
    /// What becomes of goods that are under way.
    Ending {
        /// They arrive where they were sent.
        Received = "received", "Receive";
        /// Nobody will see them again.
        Lost = "lost", "Write off";
        /// They go back where they came from.
        CalledBack = "called_back", "Call back";
    }
}

impl Ending {
    /// What its goods are then.
    pub const fn participle(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Lost => "written off",
            Self::CalledBack => "called back",
        }
    }
}

/// Goods that go from one warehouse to another.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery, AsChangeset)]
#[diesel(table_name = transfers, treat_none_as_null = true)]
pub struct Transfer {
    pub id: TransferId,
    pub number: String,
    /// Where the goods come from.
    pub from_warehouse_id: WarehouseId,
    /// Where they go.
    pub to_warehouse_id: WarehouseId,
    /// How far it is.
    pub status: TransferStatus,
    /// When they arrive; none: a draft that says no day.
    pub expected_on: Option<NaiveDate>,
    /// For colleagues; may be empty.
    pub note: String,
    /// Raised by every change; a form made from an older version is refused.
    pub version: i32,
    /// Who wrote it.
    pub created_by: Option<UserId>,
    pub created_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
    /// Since when nothing is under way or to be sent.
    pub closed_at: Option<DateTime<Utc>>,
}

impl Transfer {
    /// For what speaks of records of any kind.
    pub const fn record(&self) -> RecordRef {
        RecordRef::Transfer(self.id)
    }

    pub fn path(&self) -> String {
        self.record().path()
    }

    /// The warehouse where its goods are scanned next.
    pub(super) const fn scanned_in(&self) -> WarehouseId {
        match self.status {
            TransferStatus::Draft => self.from_warehouse_id,
            _ => self.to_warehouse_id,
        }
    }

    /// When what is under way arrives, seen from a day; nothing is under way of a draft.
    pub fn when(&self, today: NaiveDate) -> When {
        let day = self.expected_on.filter(|_| self.status.is_under_way());
        When::seen(day, today)
    }
}

/// One product on a transfer.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = transfer_lines)]
pub struct TransferLine {
    pub id: TransferLineId,
    /// Its transfer.
    pub transfer_id: TransferId,
    /// From 1.
    pub line_number: i32,
    pub product_id: ProductId,
    /// Units to send; once the transfer is sent, units that were.
    pub quantity: Quantity,
    /// Units that arrived.
    pub received: Quantity,
    /// Units that were written off.
    pub lost: Quantity,
    /// Units that lie again where they came from.
    pub called_back: Quantity,
    /// Units that were scanned for what comes next: picked, then taken in.
    pub scanned: Quantity,
}

impl TransferLine {
    /// Of what was sent, units that nothing became of yet.
    pub fn under_way(&self) -> Quantity {
        self.quantity
            .less(self.received)
            .less(self.lost)
            .less(self.called_back)
    }

    /// Units that can be scanned: to be picked before it is sent, then to be taken in.
    pub fn to_scan(&self, transfer: &Transfer) -> Quantity {
        match transfer.status {
            TransferStatus::Draft => self.quantity,
            _ if transfer.status.is_under_way() => self.under_way(),
            _ => Quantity::ZERO,
        }
    }

    /// Units of it that were under way are so no more.
    pub(super) fn end(&mut self, ending: Ending, units: Quantity) {
        match ending {
            Ending::Received => {
                self.received += units;
                self.scanned = self.scanned.less(units);
            }
            Ending::Lost => self.lost += units,
            Ending::CalledBack => self.called_back += units,
        }
        self.scanned = self.scanned.min(self.under_way());
    }
}

/// A line of a transfer that asks for more than is free where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct NotFree {
    #[diesel(sql_type = Text)]
    pub sku: Sku,
    /// Units it asks for.
    #[diesel(sql_type = Integer)]
    pub quantity: Quantity,
    /// Units there that belong to nobody.
    #[diesel(sql_type = Integer)]
    pub free: Quantity,
}

impl NotFree {
    /// `5 of MUG, of which 3 are free`.
    pub fn in_words(&self) -> String {
        let are = if self.free.get() == 1 { "is" } else { "are" };
        format!(
            "{} of {}, of which {} {are} free",
            self.quantity, self.sku, self.free
        )
    }
}
