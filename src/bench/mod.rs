//! Figures: how fast the heart is against the same writes done bare, how long pages take, how many
//! orders a second come in from files and how much memory looking at large ones takes, how long counts and
//! files of levels take, whether anything is lost or done twice while programs die, and what a server keeps
//! in memory.
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
mod preparation;
mod previews;
mod random;
mod rest;
mod servers;
mod shop;
mod stats;
mod storm;
mod together;

pub use allocation::{Allocation, allocation};
pub use import::{Import, import};
pub use inventory::{CountTime, Inventory, LevelsTime, Size, inventory};
pub use pages::{Busy, PageTime, Pages, pages};
pub use preparation::{Preparation, ScanTime, preparation};
pub use previews::{Previews, previews};
pub use rest::{Rest, rest};
pub use storm::{Storm, storm};
