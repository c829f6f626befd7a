//! Files of rows as people send them: bytes become text, text becomes rows of cells, and a head says
//! what stands in which.
//!
//! Knows no domain: what the cells mean is for whoever asks. What may be large is read piece by piece
//! from a [`Spool`], as bytes, as text and as rows.

mod bounds;
mod encoding;
mod error;
mod marks;
mod rows;
mod scan;
mod spool;
mod table;
mod text;
mod walk;

pub use bounds::{MOST_HELD, MOST_LINES};
pub use error::Unreadable;
pub use marks::{Marks, words_in_quotes};
pub use rows::{Row, Rows, rows, rows_from};
pub use spool::{Spool, Spooling};
pub use table::{Table, first_names, is_separator_line, without_apostrophe};
pub use text::{LongText, MOST_BYTES, Text, decode, spell_out};
pub use walk::RowWalk;
