//! What the books refuse.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

use super::bounds::{Balance, Named, too_many};
use super::model::Place;
use super::parcels::{InParcel, lines_in_words, orders_in_words};
use crate::types::{FieldErrors, OrderLineId, Quantity, counted};

/// A rule of stock that says no.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// More is to leave than lies there and is not in a parcel.
    #[error("{}", not_enough(*.wanted, *.there, *.in_parcels, .parcels))]
    NotEnough {
        place: Place,
        /// Units that were to leave.
        wanted: Quantity,
        /// Units on hand.
        there: Quantity,
        /// Of these, units in parcels being prepared.
        in_parcels: Quantity,
        /// Which; the books do not know.
        parcels: Vec<InParcel>,
    },
    /// Units of orders would leave for another warehouse.
    #[error("{}", not_free(*.free))]
    NotFree {
        place: Place,
        /// Units there that belong to nobody.
        free: Quantity,
    },
    /// A line cannot shrink below what an operator already took.
    #[error("{}", being_prepared(*.units, .parcels))]
    BeingPrepared {
        line: OrderLineId,
        /// Units an operator took.
        units: Quantity,
        /// Where they are; the books do not know.
        parcels: Vec<InParcel>,
    },
    /// There is nothing to prepare.
    #[error("Nothing is reserved for this order here, so there is nothing to prepare.")]
    NothingReserved,
    /// Not all that must go together is reserved; so many units are missing.
    #[error("{0} more must be reserved before this order may leave.")]
    Incomplete(Quantity),
    /// Somebody else was first.
    #[error("This order is already in preparation here.")]
    AlreadyTaken,
    /// A line has no units to ship.
    #[error("This line has nothing left to ship.")]
    NothingToShip,
    /// Somebody else was first.
    #[error("This line is already pinned.")]
    Pinned,
    /// It takes its turn.
    #[error("This line is not pinned.")]
    NotPinned,
    /// A line has fewer units to give.
    #[error("{}", cannot_give(*.most, .parcels))]
    CannotGive {
        line: OrderLineId,
        /// Reserved units outside of parcels.
        most: Quantity,
        /// Where others of it are; the books do not know.
        parcels: Vec<InParcel>,
    },
    /// A line misses fewer units.
    #[error("{}", cannot_take(*.0))]
    CannotTake(Quantity),
    /// One line's units cannot be moved where orders are served whole.
    #[error("Here complete orders go first: pin the order that is to be served, instead.")]
    CompleteOrdersFirst,
    /// Units of a part would leave the other parts of its set behind.
    #[error(
        "This is a part of a kit, reserved in whole sets: pin the kit, or break its sets first."
    )]
    InSets,
    /// A kit has no stock.
    #[error("{why}")]
    IsKit {
        place: Place,
        /// In a sentence that names its parts.
        why: String,
    },
    /// Nothing was moved by hand that could be taken back.
    #[error("Nothing of this line is moved by hand, or it has left already.")]
    NothingMoved,
    /// More units of a product would meet at a place than it counts.
    #[error("{}", too_many(*.balance, .named.as_ref()))]
    TooMany {
        place: Place,
        balance: Balance,
        /// What people call it; the books do not know.
        named: Option<Named>,
    },
    /// A product would be replenished to less than what calls for it.
    #[error("The ideal level would be {ideal}, below the warning level of {warning}.")]
    IdealBelowWarning {
        /// Below this the product is replenished.
        warning: Quantity,
        /// Up to this.
        ideal: Quantity,
    },
    /// Orders would lose units, and nobody agreed to this loss.
    #[error("{}", would_lose(*.orders, *.units))]
    NotAgreed {
        /// Orders that would lose units.
        orders: usize,
        units: u64,
    },
    /// The bin is not one of this warehouse.
    #[error("There is no such bin in this warehouse.")]
    NoSuchBin,
    /// Nothing is put there any more.
    #[error("This bin is archived: nothing is put there any more.")]
    BinArchived,
    /// Goods arrive, and nobody said where.
    #[error(
        "This warehouse has no dock where goods arrive: add a location of that kind, or say a bin."
    )]
    NoDock,
    /// Goods that arrive for orders must be usable.
    #[error(
        "What lies in quarantine is not usable: choose another bin, and move the goods from there."
    )]
    NotUsable,
    /// A bin has fewer units that no parcel takes.
    #[error("{}", not_in_bin(*.wanted, *.there, *.held))]
    NotInBin {
        wanted: Quantity,
        /// Units in the bin.
        there: Quantity,
        /// Of these, units that parcels take.
        held: Quantity,
    },
    /// A parcel takes fewer units from a bin.
    #[error("The parcel takes {0} from this bin, not more.")]
    NotHeld(Quantity),
    /// Nothing can be in a bin there.
    #[error("This warehouse has no bins.")]
    NoBins,
    /// What came without a bin lies in several since.
    #[error("These units lie in several bins since: adjust each bin instead.")]
    Scattered,
    /// Products that lie in more than one bin, in words.
    #[error("{0} lie in more than one bin: put the units of each into one first.")]
    InSeveralBins(String),
    /// Products in quarantine, in words.
    #[error("{0} lie in quarantine: put them into another bin, or scrap them, first.")]
    InQuarantine(String),
    /// It is done in warehouses that are not among those of who does it.
    #[error("{0}")]
    NotYours(String),
    /// Books that were not opened for it: a fault of the program, which writes nothing.
    #[error("the books of this place are not open")]
    OutOfReach,
    /// The database.
    #[error(transparent)]
    Db(#[from] diesel::result::Error),
}

impl Error {
    /// Others were faster: the transaction is to be tried again.
    pub(super) fn raced(why: &str) -> Self {
        let failure = DatabaseErrorKind::SerializationFailure;
        Self::Db(DieselError::DatabaseError(
            failure,
            Box::new(why.to_owned()),
        ))
    }

    /// Beside which line it stands, of those whose places are told: the last of the place where too
    /// many units would meet, or too many leave.
    pub fn line_of(&self, places: impl Iterator<Item = Place>) -> Option<usize> {
        let (Self::TooMany { place, .. }
        | Self::NotFree { place, .. }
        | Self::IsKit { place, .. }
        | Self::NotEnough { place, .. }) = self
        else {
            return None;
        };
        let last = places.enumerate().filter(|(_, each)| each == place).last();
        last.map(|(at, _)| at)
    }
}

fn would_lose(orders: usize, units: u64) -> String {
    format!(
        "Nothing is saved yet: {} would lose {}. See who, then save again.",
        counted(orders, "order"),
        counted(units, "unit")
    )
}

fn not_free(free: Quantity) -> String {
    match free.get() {
        0 => "None is free: all that lies there belongs to orders.".to_owned(),
        1 => "Only 1 is free: the others belong to orders.".to_owned(),
        free => format!("Only {free} are free: the others belong to orders."),
    }
}

fn being_prepared(units: Quantity, parcels: &[InParcel]) -> String {
    match lines_in_words(parcels).as_str() {
        "" => format!("{units} of this line are being prepared: give the parcel back first."),
        words => format!("Being prepared: {words}. Give that parcel back first."),
    }
}

fn cannot_give(most: Quantity, parcels: &[InParcel]) -> String {
    let refusal = match most.get() {
        0 => "This line has no reserved units outside of parcels to give.".to_owned(),
        _ => format!("Enter a number from 1 to {most}: more are not reserved outside of parcels."),
    };
    match lines_in_words(parcels).as_str() {
        "" => refusal,
        words => format!("{refusal} Being prepared: {words}."),
    }
}

fn cannot_take(most: Quantity) -> String {
    match most.get() {
        0 => "That order misses nothing here that it could be given.".to_owned(),
        _ => format!("Enter a number from 1 to {most}: that order misses no more."),
    }
}

fn not_in_bin(wanted: Quantity, there: Quantity, held: Quantity) -> String {
    match held.get() {
        0 => format!("{wanted} cannot leave this bin: {there} lie there."),
        _ => format!(
            "{wanted} cannot leave this bin: {there} lie there, and parcels take {held} of them."
        ),
    }
}

fn not_enough(
    wanted: Quantity,
    there: Quantity,
    in_parcels: Quantity,
    parcels: &[InParcel],
) -> String {
    if in_parcels.is_zero() {
        return format!("{wanted} cannot leave: only {there} on hand.");
    }
    let named = match orders_in_words(parcels).as_str() {
        "" => String::new(),
        words => format!(": {words}"),
    };
    format!(
        "{wanted} cannot leave: {there} on hand, and {in_parcels} of them are in parcels being \
         prepared{named}."
    )
}

impl From<Error> for crate::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Db(error) => error.into(),
            Error::NotYours(sentence) => Self::NotYours(sentence),
            Error::OutOfReach => Self::Failure(error.to_string()),
            Error::NotAgreed { .. } => FieldErrors::one("agreed", error.to_string()).into(),
            Error::IdealBelowWarning { .. } => FieldErrors::one("ideal", error.to_string()).into(),
            error @ (Error::NoSuchBin | Error::BinArchived | Error::NoDock | Error::NotUsable) => {
                FieldErrors::one("location", error.to_string()).into()
            }
            error @ (Error::NotEnough { .. }
            | Error::NotFree { .. }
            | Error::NotInBin { .. }
            | Error::NotHeld(_)
            | Error::TooMany {
                balance: Balance::OnHand,
                ..
            }
            | Error::CannotGive { .. }
            | Error::CannotTake(_)) => FieldErrors::one("quantity", error.to_string()).into(),
            error => Self::Refused(error.to_string()),
        }
    }
}
