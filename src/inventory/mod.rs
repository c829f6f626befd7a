//! Where goods lie: the warehouses and their locations, and how goods go from one to another.
//!
//! Owns `warehouses` and `locations`, which everybody reads through `catalog`, `transfers`,
//! `transfer_lines`, `transfer_losses`, `counts`, `count_lines` and `count_scans`; and `kit_parts`, which
//! `catalog` reads for all.
//!
//! Promises: the code of a warehouse is used once, and exactly one warehouse is primary. A change of
//! settings that changes who gets stock is followed by a new allocation in the same transaction, and
//! refused as long as nobody agreed to what orders would lose by it.
//!
//! A correction of stock is a movement with a reason in words, and tells which orders gained or lost
//! units by it. One that was a mistake is corrected by its opposite, once.
//!
//! A transfer that was sent is received, lost, called back or under way, unit by unit. What is under
//! way lies nowhere; it is promised where it goes, as what a purchase order brings is. Units of orders
//! leave only with a reason, and after who loses them was shown.
//!
//! A count keeps each scan beside what the books said in that moment, so that people go on selling,
//! picking and putting away; a place stands in one open count. What it found short is lost by the tail
//! of the queue, never by a parcel; what it found serves those who wait.
//!
//! A location, a bin of its warehouse, is called and scanned in a way that Code 128 can print. Many are
//! made, changed or read from a file in one transaction.
//!
//! A product becomes a kit when it gets parts, as long as it is nowhere: no unit of it lies anywhere, is
//! asked for or on its way, and no open document names it. Its parts lie somewhere, it does not.
//!
//! Refuses to archive a location in which goods lie, or to make it quarantine, or none any more.
//!
//! Refuses to deactivate the primary warehouse, or one with stock, open orders, open purchase orders
//! or open transfers: the refusal names them.

mod actions;
mod count;
mod count_forms;
mod error;
mod forms;
mod kit;
mod kit_forms;
mod locations;
mod model;
pub mod pages;
mod queries;
mod timeline;
mod transfer_forms;

pub use actions::{
    AdjustInput, Applying, Ended, Found, LocationInput, NewCount, NewTransfer, NewTransferLine,
    PutAway, RangeInput, RangeMade, Sending, Together, TransferEdit, WarehouseInput, add_location,
    add_range, add_transfer_line, add_warehouse, adjust, apply_count, apply_locations, begin_count,
    cancel_count, cancel_transfer, change_company, change_locations, correct, draft_transfer,
    edit_location, edit_transfer, edit_warehouse, end_transfer, expect_transfer, leave_locations,
    preview_company, preview_correction, preview_count, preview_ended, preview_expected,
    preview_sending, preview_warehouse, put_away, read_locations, recount, remove_transfer_line,
    rest_is_none, scan, send_transfer, set_parts, use_locations,
};
pub use count::{AbcClass, Count, CountLine, CountScope, CountStatus, CountTotals, Doubt};
pub use error::Error;
pub use kit::{KitEdit, Part, Wrong, mark as mark_of_parts};
pub use kit_forms::per_kit;
pub use locations::error::Refusal;
pub use locations::ranges::Range;
pub use model::{Ending, NotFree, Transfer, TransferLine, TransferStatus};
pub use queries::{Called, called, wrong_with_kits};
