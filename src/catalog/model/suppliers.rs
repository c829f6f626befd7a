//! Suppliers.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::schema::suppliers;
use crate::types::{EmailList, Money, RecordRef, SupplierId, text_enum};

text_enum! {
    /// What language a supplier is written to in.
    Language {
        /// English.
        English = "en", "English";
        /// French.
        French = "fr", "French";
    }
}

/// Who delivers.
#[derive(Debug, Clone, PartialEq, HasQuery)]
#[diesel(table_name = suppliers)]
pub struct Supplier {
    pub id: SupplierId,
    /// What the merchant calls it.
    pub code: String,
    pub name: String,
    /// Who is asked for; may be empty.
    pub contact_name: String,
    /// Where purchase orders are sent.
    pub emails: EmailList,
    /// May be empty.
    pub phone: String,
    /// Lines of an address; may be empty.
    pub address: String,
    /// What it is written to in.
    pub language: Language,
    /// Three letters; its prices are in it.
    pub currency: String,
    /// Days from order to delivery, where a product says nothing else.
    pub lead_time_days: i32,
    /// The least value of an order, in its currency.
    pub minimum_order: Money,
    /// Orders of this value or more are delivered free; none: unknown.
    pub carriage_free_from: Option<Money>,
    /// For colleagues.
    pub note: String,
    /// Since when nothing is bought there any more.
    pub archived_at: Option<DateTime<Utc>>,
    /// Since when it is known.
    pub created_at: DateTime<Utc>,
}

impl Supplier {
    /// Whether nothing is bought there any more.
    pub const fn is_archived(&self) -> bool {
        self.archived_at.is_some()
    }

    /// For what speaks of records of any kind.
    pub const fn record(&self) -> RecordRef {
        RecordRef::Supplier(self.id)
    }

    pub fn path(&self) -> String {
        self.record().path()
    }
}
