//! Where goods lie: the warehouses and their settings.
//!
//! Owns the table `warehouses`; everybody reads it through `catalog`.
//!
//! Promises: the code of a warehouse is used once, and exactly one warehouse is primary. A change of
//! settings that changes who gets stock is followed by a new allocation in the same transaction, and
//! refused as long as nobody agreed to what orders would lose by it.
//!
//! A correction of stock is a movement with a reason in words, and tells which orders gained or lost
//! units by it. One that was a mistake is corrected by its opposite, once.
//!
//! Refuses to deactivate the primary warehouse, or one with stock, open orders or open purchase
//! orders: the refusal names them.

mod actions;
mod error;
mod forms;
pub mod pages;
mod queries;

pub use actions::{
    AdjustInput, WarehouseInput, add_warehouse, adjust, change_company, correct, edit_warehouse,
    preview_company, preview_correction, preview_warehouse,
};
pub use error::Error;
