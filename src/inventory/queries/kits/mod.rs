//! Kits: what stands in the way of one, and how many there are of each.

mod list;
mod obstacles;

pub use list::{
    KIT_SORTS, KitFilter, KitListed, KitShow, PartInFile, kits_for_export, kits_page,
    parts_for_export,
};
pub use obstacles::wrong_with_kits;
