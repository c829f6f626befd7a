//! Files of rows as people send them: bytes become text, text becomes rows of cells, and a head says
//! what stands in which.
//!
//! Knows no domain: what the cells mean is for whoever asks.

mod error;
mod marks;
mod rows;
mod table;
mod text;

pub use error::Unreadable;
pub use marks::Marks;
pub use rows::{Row, Rows, rows};
pub use table::{Table, is_separator_line, without_apostrophe};
pub use text::{MOST_BYTES, Text, decode};
