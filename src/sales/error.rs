//! What sales refuse.

use super::OrderStatus;
use crate::stock::{InParcel, Place, Priority};
use crate::types::{Email, FieldErrors, OrderId, OrderLineId, Quantity, Sku, TooMuch};
use crate::{outbox, stock};

/// Why something cannot be done to an order or a customer.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum Error {
    #[error("The number {0} is already used by another order of this channel.")]
    NumberTaken(String),
    #[error("An order has at least one line.")]
    NoLines,
    #[error("A line asks for at least one unit.")]
    NothingOrdered,
    #[error("{0} is archived: it cannot be ordered.")]
    Archived(Sku),
    /// In a sentence.
    #[error("{0}")]
    DoesNotShip(String),
    /// The same, of one warehouse that was chosen.
    #[error("{0}")]
    NotThere(String),
    #[error("{0} ships this line already.")]
    ShipsThere(String),
    #[error("There are 200 rules already: nobody can follow more.")]
    TooManyRules,
    #[error(
        "Somebody changed this order while you were editing it. Open it again to see what is new; \
         nothing of yours was saved."
    )]
    Stale,
    #[error(
        "Somebody saved this customer while you were editing it. Nothing of yours is saved yet: save \
         again to put it in the place of theirs."
    )]
    CustomerChanged,
    #[error("This order is {}: nothing about it can be changed any more.", .0.label().to_lowercase())]
    Closed(OrderStatus),
    #[error("This order is on hold: {0}")]
    OnHold(String),
    #[error("This order is not on hold.")]
    NotOnHold,
    #[error("The priority is {} already: choose another one.", .0.label().to_lowercase())]
    SamePriority(Priority),
    #[error("{0} is its shipping method already.")]
    SameMethod(String),
    /// Fewer units than left already, or lie in a parcel.
    #[error("{}", below_shipped(*.shipped, .parcels))]
    BelowShipped {
        /// Which line of the input, from 0.
        line: usize,
        shipped: Quantity,
        /// What of the line is being prepared.
        parcels: Vec<InParcel>,
    },
    /// A line moves to another warehouse while units of it are in a parcel.
    #[error(
        "Being prepared: {}. The warehouse can change when the parcel left or is given back.",
        stock::lines_in_words(.parcels)
    )]
    Moves {
        /// Which line of the input, from 0.
        line: usize,
        parcels: Vec<InParcel>,
    },
    /// Fewer units than were wanted, by somebody who may not cancel; `None`: a line was taken out.
    #[error("{}", may_not_cancel(*.line, *.wanted))]
    MayNotCancel {
        /// Which line of the input, from 0.
        line: Option<usize>,
        wanted: Quantity,
    },
    /// A price of 0, by somebody who may not cancel.
    #[error("Only a manager may give units away: the price stays above 0.")]
    MayNotGiveAway {
        /// Which line of the input, from 0.
        line: Option<usize>,
    },
    /// Somebody who is no manager writes to an address that nobody knows of the customer.
    #[error("{to} is not an address of this order or its customer: a manager may write to others.")]
    Stranger { order: OrderId, to: Email },
    #[error(
        "You wrote to customers so often within the hour ({0} letters are the most): go on later."
    )]
    TooManyLetters(usize),
    /// The parts of a kit go their own ways.
    #[error(
        "The sets of this kit are broken: its units and its warehouse are those of its parts now."
    )]
    Broken {
        /// Which line of the input, from 0.
        line: usize,
    },
    /// One part alone cannot be cancelled or moved.
    #[error("This is a part of a kit: do it to the whole kit, or break its sets first.")]
    InSets,
    /// There are no sets to break.
    #[error("Only the sets of a kit of which something is to ship can be broken, and only once.")]
    NoSets,
    #[error("Units are cancelled by this: say why.")]
    NoReason,
    #[error("Only {0} of this line are still to ship.")]
    TooManyCancelled(Quantity),
    #[error("Only {most} of this line left and did not come back.")]
    TooManyReturned { line: OrderLineId, most: Quantity },
    /// The parts of a kit come back their own ways.
    #[error("The sets of this kit are broken: its parts come back by the unit.")]
    ByTheUnit,
    /// A letter, or that the customer knows, is about dates as they were before.
    #[error(
        "Meanwhile a date of this order moved again, or its customer was told. Look it through once \
         more."
    )]
    MovedAgain,
    #[error("This order has no such line any more.")]
    NoSuchLine,
    /// What came back from the customer had left.
    #[error("Units of it came back from the customer: it did leave.")]
    CameBack,
    /// It cannot come to so much.
    #[error(transparent)]
    TooMuch(#[from] TooMuch),
    /// Too many units would be asked of one place.
    #[error("{why}")]
    TooManyAsked {
        /// Which line of the input, from 0.
        line: usize,
        why: stock::Error,
    },
    #[error("This code is already used by another customer.")]
    CodeTaken,
    #[error(transparent)]
    Stock(#[from] stock::Error),
    #[error(transparent)]
    Outbox(#[from] outbox::Error),
    #[error(transparent)]
    Db(#[from] diesel::result::Error),
}

impl Error {
    /// What stock refuses, beside the line of the input it is about, if it is about one.
    pub(super) fn beside(why: stock::Error, lines: impl Iterator<Item = Place>) -> Self {
        match why.line_of(lines) {
            Some(line) => Self::TooManyAsked { line, why },
            None => why.into(),
        }
    }

    /// What is refused of a warehouse, where one is chosen.
    pub(super) fn there(self) -> Self {
        match self {
            Self::DoesNotShip(sentence) => Self::NotThere(sentence),
            error => error,
        }
    }

    /// The field of a form it concerns; none: a rule about the whole record.
    fn field(&self) -> Option<String> {
        match self {
            Self::NumberTaken(_) => Some("number".into()),
            Self::CodeTaken => Some("code".into()),
            Self::CustomerChanged => Some("version".into()),
            Self::SamePriority(_) => Some("priority".into()),
            Self::SameMethod(_) => Some("method".into()),
            Self::TooManyCancelled(_) => Some("quantity".into()),
            Self::TooManyReturned { line, .. } => Some(format!("good-{line}")),
            Self::NoLines | Self::NothingOrdered | Self::Archived(_) | Self::DoesNotShip(_) => {
                Some("lines".into())
            }
            Self::TooMuch(TooMuch::Line { at: line, .. }) | Self::TooManyAsked { line, .. } => {
                Some(format!("quantity-{line}"))
            }
            Self::TooMuch(_) => Some("lines".into()),
            Self::BelowShipped { line, .. } => Some(format!("quantity-{line}")),
            Self::Broken { line } => Some(format!("quantity-{line}")),
            Self::Moves { line, .. } => Some(format!("warehouse-{line}")),
            Self::MayNotCancel {
                line: Some(line), ..
            } => Some(format!("quantity-{line}")),
            Self::MayNotGiveAway { line: Some(line) } => Some(format!("price-{line}")),
            Self::MayNotCancel { line: None, .. } | Self::MayNotGiveAway { line: None } => {
                Some("lines".into())
            }
            Self::NotThere(_) | Self::ShipsThere(_) => Some("warehouse".into()),
            Self::MovedAgain => Some("text".into()),
            Self::NoReason => Some("giving_up".into()),
            _ => None,
        }
    }
}

impl From<Error> for crate::error::Error {
    fn from(error: Error) -> Self {
        if let Error::Stranger { order, .. } = &error {
            let sentence = error.to_string();
            let mut beside = FieldErrors::one("recipients", sentence.clone());
            beside.add(format!("recipients-{order}"), sentence);
            return beside.into();
        }
        match (error.field(), error) {
            (_, Error::Db(error)) => error.into(),
            (_, Error::Stock(error)) => error.into(),
            (Some(field), refusal) => FieldErrors::one(field, refusal.to_string()).into(),
            (None, refusal) => Self::Refused(refusal.to_string()),
        }
    }
}

fn below_shipped(shipped: Quantity, parcels: &[InParcel]) -> String {
    let taken: Quantity = parcels.iter().map(|each| each.units).sum();
    let mut why = Vec::new();
    if !shipped.is_zero() {
        why.push(format!("{shipped} already left"));
    }
    if !taken.is_zero() {
        let words = stock::lines_in_words(parcels);
        why.push(format!("{words} are being prepared"));
    }
    format!("At least {}: {}.", shipped + taken, why.join(", and "))
}

fn may_not_cancel(line: Option<usize>, wanted: Quantity) -> String {
    match line {
        Some(_) => format!("Only a manager may cancel units: at least {wanted}."),
        None => {
            "Only a manager may cancel units: a line that is placed cannot be taken out.".into()
        }
    }
}
