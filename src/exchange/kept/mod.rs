//! Files of orders as rows: kept in pieces, read once, looked at page by page, placed part by part.
//!
//! Whoever reads a file writes part after part, each in a transaction of its own where nobody gave one
//! for all, and gives up when the file is asked to be read anew, or discarded.

mod content;
mod left_out;
mod orders;
mod outcome;
mod read;
mod remarks;
mod writing;

pub(super) use content::{forget, forget_left_out, keep, load};
pub use left_out::{LeftOut, left_out_after, left_out_page};
pub use orders::{KeptOrders, order_page};
pub use outcome::Outcome;
pub(super) use outcome::of_json;
pub(super) use read::{begin, products, read};
pub use remarks::OfKind;

/// Rows of a table on one page.
pub const PER_PAGE: i32 = 200;
