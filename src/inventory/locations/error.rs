//! What is refused about locations.

use crate::types::Sku;

/// Why a location cannot be so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Another location of the warehouse has this code.
    #[error("This code is already used by another location of the warehouse.")]
    CodeTaken,
    /// Another location has this barcode.
    #[error("This barcode is already used by another location.")]
    BarcodeTaken,
    /// A scanner could not tell the two apart.
    #[error("This barcode is already used by the product {0}.")]
    BarcodeOfProduct(Sku),
    /// The usual barcode is none; why.
    #[error("It needs a barcode of its own: {0}")]
    NoUsualBarcode(String),
    /// Somebody else saved it meanwhile.
    #[error(
        "Somebody saved this location while you were editing it. Nothing of yours is saved yet: save \
         again to put it in the place of theirs."
    )]
    Changed,
    /// Those that hold goods, in words.
    #[error("Goods lie in {0}: nothing is archived before they are moved.")]
    HoldsGoods(String),
    /// The same of what would become usable, or would be no more.
    #[error("Goods lie in {0}: move them before it becomes quarantine, or ceases to be.")]
    KindHoldsGoods(String),
    /// Those that are there already, in words.
    #[error("There already: {0}. Leave them out, or choose other codes.")]
    Exist(String),
    /// Nothing is left to be made.
    #[error("All of these are there already.")]
    NothingNew,
    /// The walk is at its end.
    #[error("The walk would go beyond 1,000,000: renumber it first.")]
    WalkTooFar,
    /// Nothing is left of what was chosen.
    #[error("Choose locations that are still there.")]
    NothingChosen,
    /// Nothing is to be changed.
    #[error("Choose what is to be changed.")]
    NothingToChange,
    /// What was agreed to is not what would happen.
    #[error("Meanwhile locations changed: look once more at what the file comes to.")]
    NotAgreed,
    /// A file that changes nothing.
    #[error("Nothing in this file is to be changed.")]
    NothingInFile,
}

impl Refusal {
    /// The field of a form it concerns.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::CodeTaken => "code",
            Self::BarcodeTaken | Self::BarcodeOfProduct(_) | Self::NoUsualBarcode(_) => "barcode",
            Self::Changed => "version",
            Self::HoldsGoods(_) => "is_active",
            Self::KindHoldsGoods(_) => "kind",
            Self::Exist(_) | Self::NothingNew => "existing",
            Self::WalkTooFar => "walk",
            Self::NothingChosen | Self::NothingToChange => "chosen",
            Self::NotAgreed | Self::NothingInFile => "agreed",
        }
    }
}
