//! What purchasing refuses.

use super::Status;
use crate::types::{FieldErrors, PurchaseLineId, Quantity, TooMuch, first_few};
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
    /// A kit is packed, never bought; in a sentence that names its parts.
    #[error("{0}")]
    IsKit(String),
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
    /// Nothing of what arrived can be taken back: number of the reception, and what stands in the way
    /// of each line.
    #[error("{}", left(.0, .1))]
    Left(String, Vec<String>),
    /// Other units of a reception can be taken back than were shown.
    #[error(
        "Nothing is taken back yet: of {0} other units can be taken back than before. See which, then reverse again."
    )]
    NotAsShown(String),
    /// It cannot come to so much.
    #[error("{why}")]
    TooMuch {
        /// The line that alone is too much.
        line: Option<PurchaseLineId>,
        why: TooMuch,
    },
    /// Too many units would be on their way to one place, or lie there.
    #[error("{why}")]
    TooManyComing {
        /// The line that brings the last of them.
        line: PurchaseLineId,
        why: stock::Error,
    },
    /// Units of these lines cannot be put into the bin that was named.
    #[error("{}", .0.first().map_or_else(String::new, |(_, why)| why.to_string()))]
    NotIntoBins(Vec<(PurchaseLineId, stock::Error)>),
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
            Self::NoSuchProduct(_) | Self::IsKit(_) | Self::AlreadyOnLine(_) => "sku".into(),
            Self::LessThanReceived { line, .. }
            | Self::TooManyComing { line, .. }
            | Self::TooMuch {
                line: Some(line), ..
            } => format!("qty-{line}"),
            Self::NothingReceived => "lines".into(),
            Self::Late { .. } => "late".into(),
            Self::Overtaken(_) => "choices".into(),
            Self::NotAsShown(_) => "agreed".into(),
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

fn left(reception: &str, lines: &[String]) -> String {
    let all = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let first = first_few(&lines[..lines.len().min(3)], all);
    format!("{reception} cannot be reversed now: {first}.")
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
            (_, Error::NotIntoBins(lines)) => {
                let mut errors = FieldErrors::default();
                for (line, why) in lines {
                    errors.add(format!("bin-{line}"), why.to_string());
                }
                errors.into()
            }
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
