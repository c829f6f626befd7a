//! What pages ask about returns.

mod called;
mod lines;
mod list;
mod of_order;
mod view;

pub use called::{Called, called};
pub use lines::{LineBack, lines_back, lines_of_product};
pub use list::{RETURN_SORTS, ReturnFilter, ReturnListed, returns_for_export, returns_page};
pub use of_order::{OfOrder, Replaced, of_order, replaced_by};
pub use view::{ReturnView, one, view};
