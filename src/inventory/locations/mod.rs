//! Locations without a database: how they may be called, ranges of codes, what a file of them comes
//! to.

pub mod codes;
pub mod entry;
pub mod error;
pub mod file;
pub mod forms;
pub mod known;
pub mod ranges;
