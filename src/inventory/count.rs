//! Counts: what lies in a warehouse, as people find it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::schema::{count_lines, counts};
use crate::types::{
    CountId, CountLineId, LocationId, Money, ProductId, Quantity, RecordRef, SupplierId, UserId,
    WarehouseId, text_enum,
};

text_enum! {
    /// How far a count is.
    CountStatus {
        /// People count.
        Open = "open", "Counting";
        /// The books follow what was found.
        Applied = "applied", "Applied";
        /// Given up: the books stay.
        Cancelled = "cancelled", "Cancelled";
    }
}

impl CountStatus {
    /// The tone of its pill.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Open => "info",
            Self::Applied => "done",
            Self::Cancelled => "quiet",
        }
    }
}

text_enum! {
    /// How much of what left a warehouse in ninety days a product was, in units.
    AbcClass {
        /// Of the products that left most, those that make up 80 in 100.
        A = "A", "A: most of what ships";
        /// The next 15 in 100.
        B = "B", "B: some of it";
        /// The rest, and what did not leave at all.
        C = "C", "C: the rest";
    }
}

text_enum! {
    /// Why a line that differs is to be counted once more.
    Doubt {
        /// Somebody corrected the place by hand since.
        Corrected = "corrected", "corrected by hand since";
        /// The books changed between its first scan and its last.
        Moved = "moved", "units moved while it was counted";
        /// The difference reaches what the company has counted again.
        Large = "large", "large difference";
    }
}

/// A stock take: a list of what is counted in a warehouse.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = counts)]
pub struct Count {
    pub id: CountId,
    pub number: String,
    pub warehouse_id: WarehouseId,
    /// How far it is.
    pub status: CountStatus,
    /// What is counted, in words.
    pub asked: String,
    /// Whoever counts is not shown what the books say.
    pub blind: bool,
    /// Who began it.
    pub created_by: Option<UserId>,
    pub created_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
}

impl Count {
    /// For what speaks of records of any kind.
    pub const fn record(&self) -> RecordRef {
        RecordRef::Count(self.id)
    }

    pub fn path(&self) -> String {
        self.record().path()
    }

    /// Whether people may still count.
    pub fn is_open(&self) -> bool {
        self.status == CountStatus::Open
    }
}

/// One product at one place of a count.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = count_lines)]
pub struct CountLine {
    pub id: CountLineId,
    pub count_id: CountId,
    pub warehouse_id: WarehouseId,
    pub product_id: ProductId,
    /// The bin; none: the warehouse had none.
    pub location_id: Option<LocationId>,
    /// The second is the first recount.
    pub round: i32,
    /// Units found in this round so far.
    pub counted: Option<Quantity>,
    /// Units by the books at the first scan of this round.
    pub first_books: Option<Quantity>,
}

/// What of a warehouse is to be counted; whatever is not said leaves all.
#[derive(Debug, Clone)]
pub struct CountScope {
    pub warehouse: WarehouseId,
    /// Codes of the first and the last bin of a range.
    pub bins: Option<(String, String)>,
    pub zone: Option<String>,
    /// Products that this supplier delivers.
    pub supplier: Option<SupplierId>,
    pub class: Option<AbcClass>,
    /// Places that no count looked at since.
    pub not_since: Option<DateTime<Utc>>,
    /// These products only; empty: all.
    pub products: Vec<ProductId>,
    /// Where there are no bins: also products of which the books say 0.
    pub none_too: bool,
}

impl CountScope {
    /// All that lies in a warehouse.
    pub const fn all_of(warehouse: WarehouseId) -> Self {
        Self {
            warehouse,
            bins: None,
            zone: None,
            supplier: None,
            class: None,
            not_since: None,
            products: Vec::new(),
            none_too: false,
        }
    }
}

/// What the lines of a count add up to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct CountTotals {
    #[diesel(sql_type = BigInt)]
    pub lines: i64,
    /// Lines that were counted.
    #[diesel(sql_type = BigInt)]
    pub counted: i64,
    /// Of these, lines where the books said something else.
    #[diesel(sql_type = BigInt)]
    pub differing: i64,
    /// Units found beyond the books.
    #[diesel(sql_type = BigInt)]
    pub more: i64,
    /// Units not found.
    #[diesel(sql_type = BigInt)]
    pub fewer: i64,
    /// What the units found cost, as far as anybody knows.
    #[diesel(sql_type = BigInt)]
    pub gained: Money,
    /// The same of those not found.
    #[diesel(sql_type = BigInt)]
    pub lost: Money,
}

impl CountTotals {
    /// Lines that nobody counted yet.
    pub const fn to_count(&self) -> i64 {
        self.lines - self.counted
    }
}
