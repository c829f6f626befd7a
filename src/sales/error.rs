//! What sales refuse.

use super::OrderStatus;
use crate::stock::Priority;
use crate::types::{FieldErrors, Quantity, Sku};
use crate::{outbox, stock};

/// Why something cannot be done to an order or a customer.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// Another order has this number.
    #[error("The number {0} is already used by another order.")]
    NumberTaken(String),
    /// An order of nothing.
    #[error("An order has at least one line.")]
    NoLines,
    /// A line of an order without units.
    #[error("A line asks for at least one unit.")]
    NothingOrdered,
    /// A product that is offered no more.
    #[error("{0} is archived: it cannot be ordered.")]
    Archived(Sku),
    /// A warehouse that cannot serve orders.
    #[error("{0} does not ship orders.")]
    DoesNotShip(String),
    /// Somebody else edited it meanwhile.
    #[error(
        "Somebody changed this order while you were editing it. Open it again to see what is new; \
         nothing of yours was saved."
    )]
    Stale,
    /// The order is closed.
    #[error("This order is {}: nothing about it can be changed any more.", .0.label().to_lowercase())]
    Closed(OrderStatus),
    /// The order is on hold.
    #[error("This order is on hold: {0}")]
    OnHold(String),
    /// It is not on hold.
    #[error("This order is not on hold.")]
    NotOnHold,
    /// It has this priority.
    #[error("The priority is {} already: choose another one.", .0.label().to_lowercase())]
    SamePriority(Priority),
    /// Fewer units than left already, or lie in a parcel.
    #[error("{shipped} already left and {taken} are in a parcel: at least {}.", *shipped + *taken)]
    BelowShipped {
        /// Which line of the input, from 0.
        line: usize,
        /// Units that left.
        shipped: Quantity,
        /// Units in a parcel being prepared.
        taken: Quantity,
    },
    /// A line moves to another warehouse while units of it are in a parcel.
    #[error("{taken} are in a parcel being prepared: the warehouse cannot change now.")]
    Moves {
        /// Which line of the input, from 0.
        line: usize,
        /// Units in a parcel being prepared.
        taken: Quantity,
    },
    /// A line has fewer units left than are to be cancelled.
    #[error("Only {0} of this line are still to ship.")]
    TooManyCancelled(Quantity),
    /// No such line in this order.
    #[error("This order has no such line any more.")]
    NoSuchLine,
    /// Another customer has this code.
    #[error("This code is already used by another customer.")]
    CodeTaken,
    /// Stock refuses.
    #[error(transparent)]
    Stock(#[from] stock::Error),
    /// The mail cannot be queued.
    #[error(transparent)]
    Outbox(#[from] outbox::Error),
    /// The database said what it should not.
    #[error(transparent)]
    Db(#[from] diesel::result::Error),
}

impl Error {
    /// The field of a form it concerns; none: a rule about the whole record.
    fn field(&self) -> Option<String> {
        match self {
            Self::NumberTaken(_) => Some("number".into()),
            Self::CodeTaken => Some("code".into()),
            Self::SamePriority(_) => Some("priority".into()),
            Self::TooManyCancelled(_) => Some("quantity".into()),
            Self::NoLines | Self::NothingOrdered | Self::Archived(_) | Self::DoesNotShip(_) => {
                Some("lines".into())
            }
            Self::BelowShipped { line, .. } => Some(format!("quantity-{line}")),
            Self::Moves { line, .. } => Some(format!("warehouse-{line}")),
            _ => None,
        }
    }
}

impl From<Error> for crate::error::Error {
    fn from(error: Error) -> Self {
        match (error.field(), error) {
            (_, Error::Db(error)) => error.into(),
            (_, Error::Stock(error)) => error.into(),
            (Some(field), refusal) => FieldErrors::one(field, refusal.to_string()).into(),
            (None, refusal) => Self::Refused(refusal.to_string()),
        }
    }
}
