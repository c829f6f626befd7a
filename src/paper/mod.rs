//! The papers of the house, as PDF, made on the server.
//!
//! One function per paper, over one page kit: [`purchase_order()`] for the supplier, [`pick_list()`] for
//! who walks along the shelves, [`packing_slip()`] for the parcel, [`manifest()`] for the driver who takes it, [`location_labels()`] for the shelves. A paper knows no other domain; it is given plain owned values and lays them out.
//!
//! Promises: the same values give the same bytes; every word can be found and copied;
//! a text of any length wraps and a table of any length goes on over the page, its header repeated;
//! a character the typeface lacks prints as a crossed box and never stops the paper.
//!
//! Refuses: to compute. Amounts arrive as text, already rounded, in the order's currency.

mod kit;
mod labels;
mod language;
mod manifest;
mod packing_slip;
mod party;
mod pick_list;
mod purchase_order;

pub use labels::{AddressLabel, LabelSize, LocationLabel, address_labels, location_labels};
pub use language::Language;
pub use manifest::{ManifestPaper, ManifestPaperLine, manifest};
pub use packing_slip::{PackingSlipLine, PackingSlipPaper, packing_slip, packing_slips};
pub use party::{Letterhead, Party};
pub use pick_list::{PickListLine, PickListPaper, pick_list};
pub use purchase_order::{PurchaseOrderLine, PurchaseOrderPaper, purchase_order};

/// The PDF could not be written, which only a damaged typeface or an absurd size can cause.
#[derive(Debug, thiserror::Error)]
#[error("the PDF could not be written: {0}")]
pub struct Error(#[from] krilla::error::KrillaError);
