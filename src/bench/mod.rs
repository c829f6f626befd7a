//! Figures: how fast the heart is, as ratios measured in one run.
//!
//! Owns no table: it fills an empty database through the actions of the domains, and measures the real
//! ones against the same writes done bare.

mod allocation;
mod backlog;
mod floor;
mod memory;
mod random;

pub use allocation::{Allocation, allocation};
