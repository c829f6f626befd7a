//! What inventory refuses.

use super::locations::error::Refusal;
use super::{CountStatus, NotFree, TransferStatus, Wrong};
use crate::stock;
use crate::types::{
    CountLineId, FieldErrors, LocationId, Quantity, Sku, TransferLineId, counted, first_few,
};

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
    /// What it is does not allow it; `wanted` is a participle.
    #[error("{number} is {}: it cannot be {wanted}.", .status.label().to_lowercase())]
    CannotBe {
        /// Number of the transfer.
        number: String,
        /// What it is.
        status: TransferStatus,
        wanted: &'static str,
    },
    /// Somebody else changed the transfer since the form was made.
    #[error("Somebody else changed {0} meanwhile: open it again, then change it.")]
    Changed(String),
    /// A transfer of nothing.
    #[error("{0} has no lines: add a product first.")]
    NoLines(String),
    /// The line belongs to another transfer, or to none.
    #[error("This line is not on {0} any more: open it again.")]
    NoSuchLine(String),
    /// Goods go somewhere else.
    #[error("Choose another warehouse than the one the goods come from.")]
    SameWarehouse,
    /// It is not in use, or nobody chose one; beside which field.
    #[error("Choose one of the list.")]
    NoSuchWarehouse(&'static str),
    #[error("No product has this SKU or barcode.")]
    NoSuchProduct,
    /// A product stands on one line.
    #[error("This product is on line {0} already: change its quantity there.")]
    AlreadyOnLine(i32),
    /// Nothing is said of any line.
    #[error("Enter the quantity of at least one line.")]
    NothingNamed,
    /// No more can become of goods than are under way.
    #[error("{}", more_than(*.under_way))]
    MoreThanUnderWay {
        line: TransferLineId,
        under_way: Quantity,
    },
    /// Units would leave that belong to orders, and nobody said why.
    #[error("{}", not_free(.0))]
    NotFree(Vec<NotFree>),
    /// A day that has passed promises nothing.
    #[error("This day is over: choose today or a later one.")]
    DayIsOver,
    /// Stock says no to a line.
    #[error("{why}")]
    OfTransferLine {
        line: TransferLineId,
        why: stock::Error,
    },
    /// Nothing of the product is to be scanned there: its SKU, and the number of the transfer.
    #[error("{0} is not on {1}.")]
    NotOnTransfer(Sku, String),
    /// More cannot be picked, or taken in, than there is of it.
    #[error("{sku}: {of} are to be scanned, and {scanned} of them are.")]
    ScannedTooMany {
        sku: Sku,
        of: Quantity,
        scanned: Quantity,
    },
    /// Stock says no to a transfer that is written and sent in one step.
    #[error("{0}")]
    OfNewTransfer(String),
    /// It does already.
    #[error("This warehouse uses bins already.")]
    UsesBins,
    /// It does not.
    #[error("This warehouse uses no bins.")]
    UsesNoBins,
    /// Goods are put into a bin where they are usable.
    #[error("Choose a bin of this warehouse that is in use and not in quarantine.")]
    NotOfWarehouse,
    /// Units that change bins go into another one.
    #[error("They lie in this bin already: choose another one.")]
    SameBin,
    /// Whether goods are usable is for whoever may correct stock to say.
    #[error("Only a manager puts goods into quarantine, or takes them out.")]
    MayNotCorrect,
    /// What was counted is compared with what lies there, and that is another number since.
    #[error("Stock moved since this was shown: {now} lie there now. Count again.")]
    MovedSince {
        bin: Option<LocationId>,
        now: Quantity,
    },
    /// What a parcel takes is not gone.
    #[error("Parcels take {held} from here: count them as well, or give them back first.")]
    CountedLess {
        bin: Option<LocationId>,
        held: Quantity,
    },
    /// Stock says no to what was counted.
    #[error("{why}")]
    OfCount {
        bin: Option<LocationId>,
        why: stock::Error,
    },
    /// It is over.
    #[error("{number} is {}: nothing is counted there any more.", .status.label().to_lowercase())]
    CountClosed { number: String, status: CountStatus },
    /// Counts there are open, in words.
    #[error("{0} is open here: apply it or give it up first.")]
    BeingCounted(String),
    /// A count of nothing.
    #[error("Nothing of this lies there, or all of it is being counted: choose something else.")]
    NothingToCount,
    /// Nobody knows where it lies.
    #[error("Scan the bin first: here every unit lies in one.")]
    BinMissing,
    /// A place stands in one open count.
    #[error("This place is being counted in {0}.")]
    CountedElsewhere(String),
    /// More than a place holds.
    #[error("No place holds so many units: check what was typed.")]
    TooManyFound,
    /// Lines are chosen that were counted, or are to be.
    #[error("Choose at least one line for which this can be done.")]
    NoLineNamed,
    /// Nothing would be applied.
    #[error("Nothing was counted yet.")]
    NothingCounted,
    /// Lines differ, and should be counted once more.
    #[error("{} should be counted once more first, or say that they are right.", counted(.0, "line"))]
    Doubtful(usize),
    /// More is missing than lies there outside of parcels: the lines, and why.
    #[error("Parcels take what was not found: ship them or give them back, then count again.")]
    InParcels(Vec<(CountLineId, String)>),
    /// Kits cannot be so.
    #[error("{}", .0.first().map_or("", |wrong| &wrong.why))]
    Kits(Vec<Wrong>),
    /// A kit lies nowhere; in a sentence that names its parts.
    #[error("{0}")]
    IsKit(String),
    /// A location cannot be so.
    #[error(transparent)]
    Location(#[from] Refusal),
    /// The books could not be settled.
    #[error(transparent)]
    Stock(#[from] stock::Error),
    /// The database said what it should not.
    #[error(transparent)]
    Db(#[from] diesel::result::Error),
}

impl Error {
    /// The field of a form it concerns; none: a rule about the whole record.
    fn field(&self) -> Option<String> {
        Some(match self {
            Self::CodeTaken => "code".into(),
            Self::PrimaryStays => "is_primary".into(),
            Self::PrimaryStaysActive | Self::InUse(_) => "is_active".into(),
            Self::OrdersWait(_) => "ships_orders".into(),
            Self::Archived(_) | Self::IsKit(_) => "product".into(),
            Self::NotActive(_) => "warehouse".into(),
            Self::ScrapLeaves => "quantity".into(),
            Self::NotOnTransfer(..) | Self::ScannedTooMany { .. } => "product".into(),
            Self::OfNewTransfer(_) => "quantity".into(),
            Self::NoReason => "reason".into(),
            Self::SameWarehouse => "to".into(),
            Self::NoSuchWarehouse(field) => (*field).into(),
            Self::NoSuchProduct | Self::AlreadyOnLine(_) => "product".into(),
            Self::NothingNamed | Self::NoLineNamed => "lines".into(),
            Self::NothingToCount => "scope".into(),
            Self::BinMissing | Self::CountedElsewhere(_) => "code".into(),
            Self::TooManyFound => "units".into(),
            Self::Doubtful(_) => "doubtful_too".into(),
            Self::DayIsOver => "expected_on".into(),
            Self::MoreThanUnderWay { line, .. } | Self::OfTransferLine { line, .. } => {
                format!("qty-{line}")
            }
            Self::NotOfWarehouse | Self::SameBin | Self::MayNotCorrect => "location".into(),
            Self::MovedSince { bin, .. }
            | Self::CountedLess { bin, .. }
            | Self::OfCount { bin, .. } => counted_box(*bin),
            Self::Location(refusal) => refusal.field().into(),
            _ => return None,
        })
    }
}

/// The name of the box for what was counted in a bin, or where there are none.
pub fn counted_box(bin: Option<LocationId>) -> String {
    bin.map_or_else(|| "counted".into(), |bin| format!("counted-{bin}"))
}

fn more_than(under_way: Quantity) -> String {
    match under_way.get() {
        0 => "Nothing of it is under way any more.".into(),
        1 => "Only 1 is under way.".into(),
        units => format!("Only {units} are under way."),
    }
}

fn not_free(lines: &[NotFree]) -> String {
    let all = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let first = lines.iter().take(3).map(NotFree::in_words);
    let first: Vec<String> = first.collect();
    format!(
        "More would leave than is free: {}. Send fewer, or say why orders give up theirs.",
        first_few(&first, all)
    )
}

impl From<Error> for crate::error::Error {
    fn from(error: Error) -> Self {
        match (error.field(), error) {
            (_, Error::Stock(error)) => error.into(),
            (_, Error::Db(error)) => error.into(),
            (_, refusal @ Error::NotFree(_)) => {
                Self::Invalid(FieldErrors::one("reason", refusal.to_string()))
            }
            (_, Error::InParcels(lines)) => {
                let mut errors = FieldErrors::default();
                for (line, why) in lines {
                    errors.add(format!("line-{line}"), why);
                }
                Self::Invalid(errors)
            }
            (_, Error::Kits(all)) => {
                let mut errors = FieldErrors::default();
                for wrong in all {
                    errors.add(wrong.field(), wrong.why);
                }
                Self::Invalid(errors)
            }
            (Some(field), refusal) => Self::Invalid(FieldErrors::one(field, refusal.to_string())),
            (None, refusal) => Self::Refused(refusal.to_string()),
        }
    }
}
