//! The files of a carrier: what it takes of parcels, and what it answers about them.

mod columns;
mod tracking;

use diesel::prelude::*;

pub use columns::{Column, Columns, Content, ExportField};
pub use tracking::{Asked, Known, Line, Plan, Verdict, asked, judge};

use crate::schema::carriers;
use crate::types::text_enum;

text_enum! {
    /// What stands between two cells of a file.
    Separator {
        Comma = "comma", "Comma";
        Semicolon = "semicolon", "Semicolon";
        Tab = "tab", "Tab";
    }
}

impl Separator {
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

text_enum! {
    /// By what a carrier's file names a parcel.
    ReferenceKind {
        /// Its own number.
        Parcel = "parcel", "Number of the parcel";
        /// That of its order.
        Order = "order", "Number of the order";
        /// What the shop or the customer calls its order.
        External = "external", "External reference of the order";
    }
}

/// How the files of a carrier are written and read.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery, AsChangeset)]
#[diesel(table_name = carriers)]
pub struct CarrierFiles {
    pub export_separator: Separator,
    /// Whether its first line names the columns.
    pub export_header: bool,
    /// None: it takes no file.
    pub export_columns: Columns,
    pub import_separator: Separator,
    /// Title or number of the column that names the parcel; empty: the carrier gives no file.
    pub import_reference: String,
    pub import_reference_is: ReferenceKind,
    /// Title or number of the column with the tracking number.
    pub import_tracking: String,
}

impl CarrierFiles {
    pub fn exports(&self) -> bool {
        !self.export_columns.0.is_empty()
    }

    pub fn imports(&self) -> bool {
        !self.import_reference.is_empty() && !self.import_tracking.is_empty()
    }
}
