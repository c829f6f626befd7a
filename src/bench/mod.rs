//! Figures: how fast the heart is against the same writes done bare, how long pages take, how many
//! orders a second come in from files, and how long counts and files of levels take.
//!
//! Owns no table: it fills an empty database through the actions of the domains, and measures the real
//! ones.

mod allocation;
mod backlog;
mod client;
mod floor;
mod import;
mod inventory;
mod memory;
mod notes;
mod pages;
mod random;
mod shop;
mod stats;

pub use allocation::{Allocation, allocation};
pub use import::{Import, import};
pub use inventory::{CountTime, Inventory, LevelsTime, Size, inventory};
pub use pages::{Busy, PageTime, Pages, pages};
