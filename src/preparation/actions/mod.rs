//! Takes orders into preparation and brings them out of it.

mod batches;
mod carriers;
mod give_back;
mod hold;
mod label;
mod left_out;
mod locking;
mod manifests;
mod packing;
mod pick;
mod picking;
mod prepare;
mod remember;
mod scanned;
mod ship;
mod step;
mod take_back;
mod tell;
mod together;
mod tracking;
mod way;

pub use batches::{begin_batch, reassign_batch, reassign_parcel};
pub use carriers::{add_carrier, edit_carrier, set_files};
pub use give_back::{give_back, give_back_all};
pub use hold::{Parcels, hold, hold_all, preview_hold};
pub use label::label;
pub use manifests::close_manifest;
pub use packing::{
    PackageInput, Station, add_package, count_by_hand, edit_package, pack_short, pack_unscanned,
    put_aside, scan_pack, take_over, undo_pack,
};
pub use pick::{OtherBin, mark_picked, pick_elsewhere, report_line_short};
pub use picking::{
    OtherStop, ShortStop, report_stop_short, scan_pick, take_stop_elsewhere, undo_pick,
};
pub use prepare::{Prepared, prepare, prepare_all};
pub use remember::remember;
pub use ship::{Left, must_be_packed, ship, ship_all, ship_packed};
pub use take_back::take_back;
pub use together::Together;
pub use tracking::{read_tracking, take_tracking};
