//! What inventory refuses.

use crate::stock;
use crate::types::{FieldErrors, Sku};

/// Why something in a warehouse cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another warehouse has this code.
    #[error("This code is already used by another warehouse.")]
    CodeTaken,
    /// One warehouse is always primary.
    #[error("One warehouse is always primary: make another one primary instead.")]
    PrimaryStays,
    /// The primary warehouse is in use.
    #[error("The primary warehouse cannot be deactivated: make another one primary first.")]
    PrimaryStaysActive,
    /// What depends on it, in words.
    #[error("This warehouse cannot be deactivated: it has {0}.")]
    InUse(String),
    /// Open orders that ship from it, in words.
    #[error(
        "Orders ship from here: {0}. Ship them, or move their lines to another warehouse first."
    )]
    OrdersWait(String),
    /// A product that is offered no more gets no units.
    #[error("{0} is archived: restore it before units of it come.")]
    Archived(Sku),
    /// Nothing comes to a warehouse that is not in use.
    #[error("{0} is not active: nothing can come there.")]
    NotActive(String),
    /// Scrap leaves, it does not come.
    #[error("Scrap leaves: enter how many units fewer, such as -3.")]
    ScrapLeaves,
    /// Receptions, parcels and the like write their own movements.
    #[error("Choose a reason of the list.")]
    NoReason,
    /// A document brought or took the units, or it is a correction itself.
    #[error("Only a movement written by hand is corrected by its opposite, and no correction is.")]
    NotByHand,
    /// Somebody was first.
    #[error("This movement was corrected already.")]
    Corrected,
    /// The books could not be settled.
    #[error(transparent)]
    Stock(#[from] stock::Error),
    /// The database said what it should not.
    #[error(transparent)]
    Db(#[from] diesel::result::Error),
}

impl Error {
    /// The field of a form it concerns.
    const fn field(&self) -> &'static str {
        match self {
            Self::CodeTaken => "code",
            Self::PrimaryStays => "is_primary",
            Self::PrimaryStaysActive | Self::InUse(_) => "is_active",
            Self::OrdersWait(_) => "ships_orders",
            Self::Archived(_) => "product",
            Self::NotActive(_) => "warehouse",
            Self::ScrapLeaves => "quantity",
            Self::NoReason => "reason",
            Self::NotByHand | Self::Corrected | Self::Stock(_) | Self::Db(_) => "",
        }
    }
}

impl From<Error> for crate::error::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Stock(error) => error.into(),
            Error::Db(error) => error.into(),
            refusal @ (Error::NotByHand | Error::Corrected) => Self::Refused(refusal.to_string()),
            refusal => Self::Invalid(FieldErrors::one(refusal.field(), refusal.to_string())),
        }
    }
}
