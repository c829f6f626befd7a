//! Why a file is not read, and why an import does not happen.

use crate::types::FieldErrors;
use crate::{catalog, sales, sheet, stock};

/// Why nothing can be read from a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is no text, or too long.
    #[error(transparent)]
    File(#[from] sheet::Unreadable),
    /// Its first line does not name what an order needs.
    #[error(
        "The first line must name the columns. Missing: {missing}. Found: {found}. \
         An order needs at least order_number, sku and quantity."
    )]
    NoColumns {
        /// What is missing.
        missing: String,
        /// What the first line says instead.
        found: String,
    },
    /// Its first line does not name what a file of stock needs.
    #[error(
        "The first line must name the columns: sku or barcode, and bin, warning_level, ideal_level \
         or counted; or, of a file of kits, kit, part and quantity. Found: {found}."
    )]
    NoStockColumns {
        /// What the first line says instead.
        found: String,
    },
    /// Its first line does not name what a file of kits needs.
    #[error("A file of kits names the columns kit, part and quantity. Found: {found}.")]
    NoKitColumns {
        /// What the first line says instead.
        found: String,
    },
    /// Only the names of columns.
    #[error("The file names its columns and has no line below them.")]
    NoLines,
}

/// Why an import does not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// It is no file of rows.
    #[error(transparent)]
    File(#[from] sheet::Unreadable),
    /// No such warehouse ships orders.
    #[error("Choose a warehouse that ships orders.")]
    NoSuchWarehouse,
    /// Our own series of numbers stays ours.
    #[error("{0} is for orders written here: name the shop or marketplace this file comes from.")]
    OwnChannel(String),
    /// Nothing in the file is to be imported.
    #[error("This file holds no order that can be imported.")]
    NothingToImport,
    /// A file of stock says what is so already.
    #[error("This file changes nothing: all of it is so already.")]
    NothingChanges,
    /// Stock moved, or levels were set, since the preview.
    #[error(
        "Stock moved since this was shown, so nothing is changed yet. See what would change now, then confirm again."
    )]
    Moved,
    /// What a file came to does not hold any more.
    #[error("Nothing is imported yet: {0}. Read the file again to see what it comes to now.")]
    Changed(String),
    /// It is still being read, or was not.
    #[error("This file is not read to its end yet.")]
    NotRead,
    /// While it was read somebody asked for it to be read otherwise, or not at all.
    #[error("This file is being read anew.")]
    Overtaken,
    /// Somebody discarded it.
    #[error("This import was discarded. Upload the file again to import it.")]
    Discarded,
    /// It has happened already, and cannot happen otherwise.
    #[error("This import is already done.")]
    Done,
    /// The catalog refuses a product.
    #[error(transparent)]
    Catalog(#[from] catalog::Error),
    /// Sales refuse an order.
    #[error(transparent)]
    Sales(#[from] sales::Error),
    /// The books say no.
    #[error(transparent)]
    Stock(#[from] stock::Error),
    /// The database said what it should not.
    #[error(transparent)]
    Db(#[from] diesel::result::Error),
}

impl From<Error> for crate::error::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Db(error) => error.into(),
            Error::Sales(sales::Error::Stock(error @ stock::Error::NotAgreed { .. }))
            | Error::Stock(error) => error.into(),
            Error::Catalog(error) => refused(error.into()),
            Error::Sales(error) => refused(error.into()),
            Error::Unreadable(_) | Error::File(_) => {
                Self::Invalid(FieldErrors::one("file", error.to_string()))
            }
            Error::NoSuchWarehouse => {
                Self::Invalid(FieldErrors::one("warehouse", error.to_string()))
            }
            Error::Changed(_) => Self::Invalid(FieldErrors::one("changed", error.to_string())),
            Error::Moved => Self::Invalid(FieldErrors::one("seen", error.to_string())),
            Error::OwnChannel(_) => Self::Invalid(FieldErrors::one("channel", error.to_string())),
            refusal => Self::Refused(refusal.to_string()),
        }
    }
}

/// What another domain would say beside a field of its form is about the whole import here.
fn refused(error: crate::error::Error) -> crate::error::Error {
    match error {
        crate::error::Error::Invalid(errors) => crate::error::Error::Refused(errors.to_string()),
        error => error,
    }
}
