//! Where goods lie, and how they go from one warehouse to another.
//!
//! Owns `warehouses`, which everybody reads through `catalog`, `transfers`, `transfer_lines` and
//! `transfer_losses`.
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
//! Refuses to deactivate the primary warehouse, or one with stock, open orders, open purchase orders
//! or open transfers: the refusal names them.

mod actions;
mod error;
mod forms;
mod model;
pub mod pages;
mod queries;
mod timeline;
mod transfer_forms;

pub use actions::{
    AdjustInput, Ended, NewTransfer, NewTransferLine, PutAway, Sending, TransferEdit,
    WarehouseInput, add_transfer_line, add_warehouse, adjust, cancel_transfer, change_company,
    correct, draft_transfer, edit_transfer, edit_warehouse, end_transfer, expect_transfer,
    leave_locations, preview_company, preview_correction, preview_ended, preview_expected,
    preview_sending, preview_warehouse, put_away, remove_transfer_line, send_transfer,
    use_locations,
};
pub use error::Error;
pub use model::{Ending, NotFree, Transfer, TransferLine, TransferStatus};
