//! Takes orders into preparation and brings them out of it.

mod carriers;
mod hold;
mod pick;
mod prepare;
mod remember;
mod ship;
mod step;
mod together;

pub use carriers::{add_carrier, edit_carrier};
pub use hold::{Parcels, hold, hold_all, preview_hold};
pub use pick::{OtherBin, mark_packed, mark_picked, pick_elsewhere, report_short};
pub use prepare::{Batch, prepare, prepare_all};
pub use remember::remember;
pub use ship::{give_back, ship};
pub use together::Together;
