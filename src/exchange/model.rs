//! Files that were uploaded.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::imports::orders::{Choices, Destination};
use crate::schema::imports;
use crate::types::{ImportId, Quantity, WarehouseId, text_enum};

text_enum! {
    /// What became of a file.
    ImportState {
        /// It was read and nothing written.
        Previewed = "previewed", "Preview";
        /// Its orders are placed.
        Applied = "applied", "Imported";
        /// Somebody decided against it.
        Discarded = "discarded", "Discarded";
    }
}

impl ImportState {
    /// The tone of its pill.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Previewed => "warn",
            Self::Applied => "done",
            Self::Discarded => "quiet",
        }
    }
}

/// A file of orders, without its content.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = imports)]
pub struct Import {
    pub id: ImportId,
    /// What it is called where it came from.
    pub file_name: String,
    /// The warehouse that ships its orders; none: each line by the shipping rules.
    pub warehouse_id: Option<WarehouseId>,
    /// Where its orders come from.
    pub channel: String,
    /// Whether products nobody knows are created.
    pub creates_products: bool,
    /// Whether orders are imported without their refused lines.
    pub without_refused: bool,
    /// Whether what is cancelled, refunded or completed is imported too.
    pub with_closed: bool,
    /// What became of it.
    pub state: ImportState,
    /// Imported orders; while previewed, those that would be.
    pub orders: Quantity,
    /// Their lines.
    pub lines: Quantity,
    /// New products.
    pub products: Quantity,
    /// Refused lines.
    pub refused: Quantity,
    pub uploaded_at: DateTime<Utc>,
    /// When its orders were placed.
    pub applied_at: Option<DateTime<Utc>>,
}

impl Import {
    pub fn path(&self) -> String {
        format!("/imports/{}", self.id)
    }

    /// What the reader chose about it.
    pub const fn choices(&self) -> Choices {
        Choices {
            create_products: self.creates_products,
            without_refused: self.without_refused,
            with_closed: self.with_closed,
        }
    }

    /// Where its orders go.
    pub fn destination(&self) -> Destination {
        Destination {
            warehouse: self.warehouse_id,
            channel: self.channel.clone(),
        }
    }

    /// Whether this warehouse was chosen to ship its orders.
    pub fn ships_from(&self, warehouse: &WarehouseId) -> bool {
        self.warehouse_id.as_ref() == Some(warehouse)
    }

    /// Whether it waits to be confirmed.
    pub fn is_preview(&self) -> bool {
        self.state == ImportState::Previewed
    }

    /// Whether its orders are placed.
    pub fn is_applied(&self) -> bool {
        self.state == ImportState::Applied
    }
}
