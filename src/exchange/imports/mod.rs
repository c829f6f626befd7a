//! What comes in from files: read whole, judged line by line, shown, and only then written.

pub mod kits;
pub mod orders;
pub mod stock;
