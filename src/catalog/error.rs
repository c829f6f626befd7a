//! What the catalog refuses.

use super::ProductTotals;
use crate::types::FieldErrors;

/// Why something in the catalog cannot be done.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// Another product has this SKU.
    #[error("This SKU is already used by another product.")]
    SkuTaken,
    /// Another product has this barcode.
    #[error("This barcode is already used by another product.")]
    BarcodeTaken,
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
    /// Not while purchase orders are open there.
    #[error("This supplier cannot be archived: open purchase orders {0}.")]
    SupplierInUse(String),
    /// The database said what it should not.
    #[error(transparent)]
    Db(#[from] diesel::result::Error),
}

impl Error {
    /// The field of a form it concerns; none: a rule about the whole record.
    const fn field(&self) -> Option<&'static str> {
        match self {
            Self::SkuTaken => Some("sku"),
            Self::BarcodeTaken => Some("barcode"),
            Self::SupplierCodeTaken => Some("code"),
            Self::AlreadyLinked | Self::NoSuchSupplier => Some("supplier"),
            Self::ProductInUse(_) | Self::SupplierInUse(_) | Self::Db(_) => None,
        }
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
