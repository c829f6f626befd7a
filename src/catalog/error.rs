//! What the catalog refuses.

use super::ProductTotals;
use crate::types::{FieldErrors, Sku};

/// Why something in the catalog cannot be done.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// Another product has this SKU.
    #[error("This SKU is already used by another product.")]
    SkuTaken,
    /// Another product has the barcode that was named at this place, from 0 on.
    #[error("This barcode is already used by {by}.")]
    BarcodeTaken { at: usize, by: Sku },
    /// A location has the barcode that was named at this place.
    #[error("This barcode is on the location {location}.")]
    BarcodeOfLocation { at: usize, location: String },
    /// The barcode named at this place was named before.
    #[error("This barcode is named twice.")]
    BarcodeTwice { at: usize },
    /// Another supplier has this code.
    #[error("This code is already used by another supplier.")]
    SupplierCodeTaken,
    /// The product is already bought there.
    #[error("This product already has this supplier: edit its terms instead.")]
    AlreadyLinked,
    /// No such supplier is offered.
    #[error("Choose a supplier that is not archived.")]
    NoSuchSupplier,
    /// Not while goods or orders depend on the product.
    #[error(
        "This product cannot be archived: {} on hand, {} to ship, {} incoming.",
        .0.on_hand, .0.to_ship, .0.incoming
    )]
    ProductInUse(ProductTotals),
    /// Not while it is packed into kits that are offered: their SKUs.
    #[error("This product cannot be archived: it is a part of {0}.")]
    PartOfKits(String),
    /// Not while orders wait for a kit: their numbers.
    #[error("This kit cannot be archived: {0} wait for it.")]
    OrdersWait(String),
    /// A kit is packed of what is offered.
    #[error("Restore its parts first: {0}.")]
    PartsArchived(String),
    /// A kit is packed, never bought; in a sentence that names its parts.
    #[error("{0}")]
    IsKit(String),
    /// Not while purchase orders are open there.
    #[error("This supplier cannot be archived: open purchase orders {0}.")]
    SupplierInUse(String),
    /// The database said what it should not.
    #[error(transparent)]
    Db(#[from] diesel::result::Error),
}

impl Error {
    /// The field of a form it concerns; none: a rule about the whole record.
    fn field(&self) -> Option<String> {
        let field = match self {
            Self::SkuTaken => "sku",
            Self::BarcodeTaken { at, .. }
            | Self::BarcodeOfLocation { at, .. }
            | Self::BarcodeTwice { at } => {
                return Some(format!("barcode-{at}"));
            }
            Self::SupplierCodeTaken => "code",
            Self::AlreadyLinked | Self::NoSuchSupplier | Self::IsKit(_) => "supplier",
            Self::ProductInUse(_)
            | Self::PartOfKits(_)
            | Self::OrdersWait(_)
            | Self::PartsArchived(_)
            | Self::SupplierInUse(_)
            | Self::Db(_) => return None,
        };
        Some(field.to_owned())
    }
}

impl From<Error> for crate::error::Error {
    fn from(error: Error) -> Self {
        match (error.field(), error) {
            (_, Error::Db(error)) => error.into(),
            (Some(field), refusal) => Self::Invalid(FieldErrors::one(field, refusal.to_string())),
            (None, refusal) => Self::Refused(refusal.to_string()),
        }
    }
}
