//! What purchasing refuses.

use super::Status;
use crate::types::{FieldErrors, PurchaseLineId, Quantity, Sku, TooMuch, first_few};
use crate::{outbox, paper, stock};

/// A line of which more arrived than was to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Over {
    pub line: PurchaseLineId,
    /// SKU of its product.
    pub sku: String,
    /// Units that arrived.
    pub quantity: Quantity,
    /// Units that were to come; of what came late, units that were cancelled.
    pub to_come: Quantity,
    /// Whether nothing was to come any more.
    pub is_late: bool,
}

/// Why something in purchasing cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The table of statuses does not list it.
    #[error("{number} is {}: it cannot be {wanted} any more.", .status.label().to_lowercase())]
    CannotBe {
        /// Number of the purchase order.
        number: String,
        /// What it is.
        status: Status,
        /// What it was to be, as a participle.
        wanted: &'static str,
    },
    /// The form was made from an older version.
    #[error("Somebody changed {0} meanwhile: open it again to see how it stands.")]
    Changed(String),
    /// Nothing is ordered.
    #[error("{0} has no lines yet: add a product first.")]
    NoLines(String),
    /// Nobody said what its currency is worth.
    #[error("Enter what one {0} is worth: nothing is sent in another currency without a rate.")]
    NoRate(String),
    /// There is nobody to write to.
    #[error(
        "{0} has no e-mail address: enter one, or mark the purchase order as sent without e-mail."
    )]
    NoAddress(String),
    /// Nothing is bought there.
    #[error("Choose a supplier that is not archived.")]
    NoSuchSupplier,
    /// Nothing is received there.
    #[error("Choose a warehouse that is in use.")]
    NoSuchWarehouse,
    /// No such product can be bought.
    #[error("There is no product with the SKU {0}, or it is archived.")]
    NoSuchProduct(String),
    /// The product is there already.
    #[error("This product is on line {0} already: change the quantity there.")]
    AlreadyOnLine(i32),
    /// The line belongs to another purchase order, or to none.
    #[error("This line is not on {0} any more: open it again.")]
    NoSuchLine(String),
    /// A line cannot ask for less than what arrived.
    #[error("{received} arrived already: enter {received} or more.")]
    LessThanReceived {
        line: PurchaseLineId,
        /// Units that arrived.
        received: Quantity,
    },
    /// A delivery of nothing.
    #[error("Enter the quantity of at least one line.")]
    NothingReceived,
    /// Nothing was to come any more, and nobody said why goods are received all the same.
    #[error("{number} is {} already: say why goods are received all the same.", .status.label().to_lowercase())]
    Late {
        /// Number of the purchase order.
        number: String,
        /// What it is.
        status: Status,
    },
    /// More arrived than was ordered, and nobody said why it is accepted.
    #[error("More arrived than was ordered: correct the quantity, or accept it and say why.")]
    MoreThanOrdered(Vec<Over>),
    /// A reception is reversed once.
    #[error("{0} is reversed already.")]
    Reversed(String),
    /// What arrived is not there any more.
    #[error("{}", left(.reception, .sku, .holders))]
    Left {
        /// Number of the reception.
        reception: String,
        /// What is not there.
        sku: Sku,
        /// Numbers of the orders that took it.
        holders: Vec<String>,
    },
    /// It cannot come to so much.
    #[error("{why}")]
    TooMuch {
        /// The line that alone is too much.
        line: Option<PurchaseLineId>,
        why: TooMuch,
    },
    /// Nothing is chosen that can be ordered.
    #[error("{0}")]
    NothingToOrder(String),
    /// Others ordered it meanwhile: SKUs.
    #[error("{}", overtaken(.0))]
    Overtaken(Vec<String>),
    /// Stock says no.
    #[error(transparent)]
    Stock(#[from] stock::Error),
    /// The mail cannot be queued.
    #[error(transparent)]
    Outbox(#[from] outbox::Error),
    /// The PDF cannot be written.
    #[error(transparent)]
    Paper(#[from] paper::Error),
    /// The mail cannot be written.
    #[error(transparent)]
    Template(#[from] askama::Error),
    /// The database said what it should not.
    #[error(transparent)]
    Db(#[from] diesel::result::Error),
}

impl Error {
    /// The field of a form it concerns; none: a rule about the whole record.
    fn field(&self) -> Option<String> {
        Some(match self {
            Self::NoRate(_) => "rate".into(),
            Self::NoAddress(_) => "recipients".into(),
            Self::NoSuchSupplier => "supplier".into(),
            Self::NoSuchWarehouse => "warehouse".into(),
            Self::NoSuchProduct(_) | Self::AlreadyOnLine(_) => "sku".into(),
            Self::LessThanReceived { line, .. }
            | Self::TooMuch {
                line: Some(line), ..
            } => format!("qty-{line}"),
            Self::NothingReceived => "lines".into(),
            Self::Late { .. } => "late".into(),
            Self::Overtaken(_) => "choices".into(),
            _ => return None,
        })
    }
}

/// What was overtaken, and what to do about it.
fn overtaken(skus: &[String]) -> String {
    let all = i64::try_from(skus.len()).unwrap_or(i64::MAX);
    format!(
        "Nothing was created: of {} more is drafted or on its way than when you chose. Look at it \
         first.",
        first_few(&skus[..skus.len().min(5)], all)
    )
}

/// Who took what a reception brought, and what to do about it.
fn left(reception: &str, sku: &Sku, holders: &[String]) -> String {
    match holders {
        [] => format!("{reception} cannot be reversed: units of {sku} have left already."),
        [one] => format!(
            "{reception} cannot be reversed: units of {sku} are in a parcel of order {one}, or have \
             left with it."
        ),
        many => format!(
            "{reception} cannot be reversed: units of {sku} are in parcels of the orders {}, or have \
             left with them.",
            many.join(", ")
        ),
    }
}

impl From<Error> for crate::error::Error {
    fn from(error: Error) -> Self {
        match (error.field(), error) {
            (_, Error::Db(error)) => error.into(),
            (_, Error::Stock(error)) => error.into(),
            (_, Error::Outbox(error)) => error.into(),
            (_, Error::Template(error)) => error.into(),
            (_, Error::Paper(error)) => Self::Failure(error.to_string()),
            (_, Error::MoreThanOrdered(over)) => over_sentences(&over).into(),
            (Some(field), refusal) => Self::Invalid(FieldErrors::one(field, refusal.to_string())),
            (None, refusal) => Self::Refused(refusal.to_string()),
        }
    }
}

/// One sentence beside each box, and one beside the tick that would accept them.
fn over_sentences(over: &[Over]) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for each in over {
        let more = each.quantity.less(each.to_come);
        let were = if each.is_late { "cancelled" } else { "to come" };
        errors.add(
            format!("qty-{}", each.line),
            format!("{more} more than were {were} ({}).", each.to_come),
        );
    }
    errors.add("over", Error::MoreThanOrdered(Vec::new()).to_string());
    errors
}
