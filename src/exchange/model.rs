//! Files that were uploaded.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::imports::orders::{Choices, Destination};
use crate::schema::imports;
use crate::types::{ImportId, Quantity, WarehouseId, text_enum};

text_enum! {
    /// What became of a file.
    ImportState {
        /// It is kept, and read as soon as it is its turn.
        Reading = "reading", "Being read";
        /// It was begun several times and not read to its end.
        Broken = "broken", "Not read";
        /// It was read and nothing placed.
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
            Self::Reading => "quiet",
            Self::Broken => "bad",
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
    /// Counts how often it was asked to be read.
    pub reading: i32,
    /// Lines of the file that say anything.
    pub file_lines: Quantity,
    /// Of these, how many are read.
    pub lines_read: Quantity,
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

    /// What open pages are told of when it is read on.
    pub fn topic(&self) -> String {
        format!("import:{}", self.id)
    }

    /// Whether it is being read, or waits for that.
    pub fn is_being_read(&self) -> bool {
        self.state == ImportState::Reading
    }

    /// `12,000 of 40,000 lines`
    pub fn progress(&self) -> String {
        let (read, all) = (self.lines_read.grouped(), self.file_lines.grouped());
        format!("{read} of {all} lines")
    }

    /// Whether what it comes to is known.
    pub fn was_read(&self) -> bool {
        self.is_preview() || self.is_applied()
    }

    /// Whether nothing more can be done with it.
    pub fn is_over(&self) -> bool {
        matches!(self.state, ImportState::Applied | ImportState::Discarded)
    }

    /// Whether it could not be read.
    pub fn is_broken(&self) -> bool {
        self.state == ImportState::Broken
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
