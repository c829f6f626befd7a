//! What preparation refuses.

use super::model::ShipmentStatus;
use crate::types::{FieldErrors, Quantity};
use crate::{outbox, sales, stock};

/// A rule of preparation that says no.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// The order waits to be complete.
    #[error("{}", incomplete(.order, *.missing))]
    Incomplete {
        order: String,
        /// Units that are not there yet.
        missing: Quantity,
    },
    /// Somebody else was first.
    #[error("{order} is already in preparation here, in {shipment}.")]
    AlreadyBegun { order: String, shipment: String },
    /// There is nothing to prepare.
    #[error("Nothing is reserved for {0} in this warehouse, so there is nothing to prepare.")]
    NothingReserved(String),
    /// Goods of this kind do not leave in parcels; in a sentence.
    #[error("{0}")]
    DoesNotShip(String),
    /// Nobody said what to prepare.
    #[error("Choose the orders first.")]
    NothingChosen,
    /// Nobody said which parcels.
    #[error("Choose the parcels first.")]
    NoParcelChosen,
    /// Other warehouses ship some of it; in a sentence.
    #[error("{0}")]
    NotWhole(String),
    /// Nobody said what becomes of what is in parcels.
    #[error("Being prepared: {}. Say whether it goes on or is given back.", stock::lines_in_words(.0))]
    ChooseParcels(Vec<stock::InParcel>),
    /// Nothing is left that could be stopped.
    #[error("All that is left to ship is being prepared: {}. Give it back to stop it.", stock::lines_in_words(.0))]
    AllInParcels(Vec<stock::InParcel>),
    /// Units are chosen only as long as they lie on their shelves.
    #[error("These units of {0} are not to be picked any more.")]
    NotToPick(String),
    /// The carrier takes no parcel without one.
    #[error("{0} takes no parcel without a tracking number: scan the label.")]
    NoTracking(String),
    /// The number of another carrier, or another code of the label.
    #[error("{tracking} does not look like a tracking number of {carrier}.")]
    NotItsTracking { carrier: String, tracking: String },
    /// The label of another parcel.
    #[error("{tracking} is the number of {other}: scan the label of this one.")]
    NumberTaken { tracking: String, other: String },
    /// Another parcel of the order was begun in its place.
    #[error("{shipment} of the same order is under way here: give it back first, or ship it.")]
    OtherUnderWay { shipment: String },
    /// Nothing was scanned last that could be taken back.
    #[error("Nothing was scanned here that could be taken back.")]
    NothingToUndo,
    /// All of it was taken.
    #[error("Nothing is short here: all of it was taken.")]
    NothingShort,
    /// Fewer units are left to pick.
    #[error("No more than {0} left to pick there.")]
    NotLeft(Quantity),
    /// The walk is over.
    #[error("Nothing of {0} is left to pick.")]
    NothingToPick(String),
    /// Somebody else walks it, or it is over; in a sentence.
    #[error("{0}")]
    NotWalked(String),
    /// What lies in the other bin is taken by parcels, or was not found.
    #[error("No {0} lies there that no parcel takes.")]
    NoneFree(String),
    /// Nobody packs it here.
    #[error("You do not have this parcel open any more: scan it again.")]
    NothingOpen,
    /// Each unit is to be scanned.
    #[error("You may not pack without scanning each unit.")]
    NotByHand,
    /// Packages are numbered one after the other.
    #[error("The parcel has no such package.")]
    NoSuchPackage,
    /// Another parcel is open, in a sentence.
    #[error("{0}")]
    Unfinished(String),
    /// The carrier has it.
    #[error("{0} was handed over to its carrier: nothing is taken back any more.")]
    HandedOver(String),
    /// What leaves was scanned into packages.
    #[error("Not all of {0} is scanned into packages: pack it first.")]
    NotScanned(String),
    /// What leaves with others is in a closed parcel.
    #[error("{0} is not packed yet.")]
    NotPacked(String),
    /// The driver signed already.
    #[error("{0} is closed already.")]
    ManifestClosed(String),
    /// It is another file, or the carrier's page names other columns.
    #[error("{0}")]
    NoColumn(String),
    /// Other parcels than somebody looked at would get numbers.
    #[error("What the file comes to is another by now. Look at it again.")]
    FileMoved,
    /// Another carrier has this name.
    #[error("Another carrier is called so.")]
    CarrierNamed,
    /// A shipping method belongs to one carrier.
    #[error("One of these is a method of another carrier.")]
    MethodTaken,
    /// The parcel cannot take this step.
    #[error("{}", refused_step(.number, *.from, *.to))]
    Step {
        number: String,
        from: ShipmentStatus,
        to: ShipmentStatus,
    },
    /// The outbox says no.
    #[error(transparent)]
    Outbox(#[from] outbox::Error),
    /// The order says no.
    #[error(transparent)]
    Sales(#[from] sales::Error),
    /// The books say no.
    #[error(transparent)]
    Stock(#[from] stock::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] diesel::result::Error),
}

fn incomplete(order: &str, missing: Quantity) -> String {
    let units = match missing.get() {
        1 => "1 unit is".to_owned(),
        more => format!("{more} units are"),
    };
    format!("{order} ships complete only, and {units} not reserved yet.")
}

fn refused_step(number: &str, from: ShipmentStatus, to: ShipmentStatus) -> String {
    use ShipmentStatus::{Cancelled, Packed, Picked, Shipped, ToPick};
    match (from, to) {
        (Shipped, _) => format!("{number} has already left."),
        (Cancelled, Shipped) => {
            format!("{number} was given back to the queue: prepare the order again to ship it.")
        }
        (Cancelled, _) => format!("{number} was already given back to the queue."),
        (Picked, Picked) => format!("{number} is already picked."),
        (Packed, Picked | Packed) => format!("{number} is already packed."),
        (Packed, ToPick) => format!("{number} is already packed."),
        (ToPick, Packed) => format!("{number} is not picked yet: pick it, then pack it."),
        (_, ToPick) => format!("{number} is already {}.", from.label().to_lowercase()),
        _ => format!(
            "{number} is {} and cannot become {}.",
            from.label().to_lowercase(),
            to.label().to_lowercase()
        ),
    }
}

impl Error {
    /// Why stock did not take an order, in the words of preparation.
    pub(super) fn not_taken(order: String, refusal: stock::Error) -> Self {
        match refusal {
            stock::Error::NothingReserved => Self::NothingReserved(order),
            stock::Error::Incomplete(missing) => Self::Incomplete { order, missing },
            refusal => refusal.into(),
        }
    }

    /// Whether a rule said no, rather than the database failing: nothing was changed, and other
    /// orders of the same batch may go on.
    pub(super) const fn is_rule(&self) -> bool {
        !matches!(
            self,
            Self::Db(_)
                | Self::Outbox(outbox::Error::Db(_))
                | Self::Stock(stock::Error::Db(_))
                | Self::Sales(sales::Error::Db(_) | sales::Error::Stock(stock::Error::Db(_)))
        )
    }
}

impl From<Error> for crate::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Db(error) => error.into(),
            Error::Outbox(error) => error.into(),
            Error::Sales(error) => error.into(),
            Error::Stock(error) => error.into(),
            Error::NotWhole(sentence) => Self::NotYours(sentence),
            refusal @ (Error::ChooseParcels(_) | Error::AllInParcels(_)) => {
                FieldErrors::one("parcels", refusal.to_string()).into()
            }
            refusal @ (Error::NoTracking(_)
            | Error::NotItsTracking { .. }
            | Error::NumberTaken { .. }) => {
                FieldErrors::one("tracking", refusal.to_string()).into()
            }
            refusal @ Error::NotLeft(_) => FieldErrors::one("quantity", refusal.to_string()).into(),
            Error::NoColumn(_) => FieldErrors::one("file", error.to_string()).into(),
            Error::FileMoved => FieldErrors::one("agreed", error.to_string()).into(),
            Error::CarrierNamed => FieldErrors::one("name", error.to_string()).into(),
            Error::MethodTaken => FieldErrors::one("methods", error.to_string()).into(),
            rule => Self::Refused(rule.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_that_is_refused_is_refused_with_a_sentence() {
        for from in ShipmentStatus::ALL {
            for to in ShipmentStatus::ALL {
                if from.can_become(*to) {
                    continue;
                }
                let sentence = refused_step("SH-000001", *from, *to);
                let whole = sentence.starts_with("SH-000001 ") && sentence.ends_with('.');
                assert!(whole && !sentence.contains("cannot become"), "{sentence}");
            }
        }
    }

    #[test]
    fn an_incomplete_order_says_how_much_is_missing() {
        let sentence = incomplete("SO-000007", Quantity::new(1));

        assert_eq!(
            sentence,
            "SO-000007 ships complete only, and 1 unit is not reserved yet."
        );
    }
}
