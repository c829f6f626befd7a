//! What returns refuse.

use super::ReturnStatus;
use crate::types::{FieldErrors, OrderLineId, Quantity, Sku};
use crate::{sales, stock};

/// Why something cannot be done to a return.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// `wanted` is a participle.
    #[error("{number} is {}: it cannot be {wanted} any more.", .status.label().to_lowercase())]
    CannotBe {
        number: String,
        status: ReturnStatus,
        wanted: &'static str,
    },
    #[error("{0} is not received yet: what is replaced is known then.")]
    NotReceived(String),
    #[error("Nothing of {0} left that could come back.")]
    NothingLeft(String),
    #[error("Say of at least one line how many units come back, or scan one of them.")]
    NothingAnnounced,
    #[error("Say of at least one line what was in the parcel, or what is missing.")]
    NothingReceived,
    #[error("Say of at least one line how many units are sent again.")]
    NothingReplaced,
    #[error("Only {most} came back or are missing.")]
    TooManyReplaced { line: OrderLineId, most: Quantity },
    #[error("Choose a warehouse that ships some of this order.")]
    NotThere,
    #[error("No product has this SKU or barcode.")]
    NoSuchProduct,
    #[error("{0} is not in {1}, or comes back with its kit.")]
    NotOfOrder(Sku, String),
    #[error("Only {most} of {sku} left and did not come back.")]
    AllScanned { sku: Sku, most: Quantity },
    #[error("No bin of this warehouse has this code or barcode.")]
    NoSuchBin(OrderLineId),
    #[error("Good units are not put there: choose another bin.")]
    NotIntoBin(OrderLineId),
    #[error(transparent)]
    Sales(#[from] sales::Error),
    #[error(transparent)]
    Db(#[from] diesel::result::Error),
}

impl Error {
    /// The field of a form it concerns; none: a rule about the whole return.
    fn field(&self) -> Option<String> {
        Some(match self {
            Self::NothingAnnounced | Self::NothingReceived | Self::NothingReplaced => {
                "lines".into()
            }
            Self::TooManyReplaced { line, .. } => format!("replace-{line}"),
            Self::NotThere => "warehouse".into(),
            Self::NoSuchProduct | Self::NotOfOrder(..) | Self::AllScanned { .. } => "code".into(),
            Self::NoSuchBin(line) | Self::NotIntoBin(line) => format!("bin-{line}"),
            _ => return None,
        })
    }
}

impl From<Error> for crate::Error {
    fn from(error: Error) -> Self {
        match (error.field(), error) {
            (_, Error::Db(error)) => error.into(),
            (_, Error::Sales(sales::Error::Stock(error))) => of_stock(error),
            (_, Error::Sales(error)) => error.into(),
            (Some(field), refusal) => FieldErrors::one(field, refusal.to_string()).into(),
            (None, refusal) => Self::Refused(refusal.to_string()),
        }
    }
}

/// What is wrong with a field that no form of a return has stands above its lines.
fn of_stock(error: stock::Error) -> crate::Error {
    match error.into() {
        crate::Error::Invalid(wrong) => FieldErrors::one("lines", wrong.to_string()).into(),
        error => error,
    }
}
