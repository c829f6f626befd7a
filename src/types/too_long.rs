//! How many rows of boxes one form may have, so that its answer is never a flood.

use super::{Fields, TooMuch};

/// A form with more rows than are read at once.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("This form has {rows} lines, and no more than {most} are read at once: send it in parts.")]
pub struct TooLong {
    pub rows: usize,
    pub most: usize,
}

impl TooLong {
    /// Rows that somebody types: more of them come in a file.
    pub const TYPED: usize = 500;
    /// Rows of any form: as many as a document has lines.
    pub const SENT: usize = TooMuch::LINES;

    /// Refuses more than `most` rows.
    ///
    /// # Errors
    /// Itself.
    pub const fn check(rows: usize, most: usize) -> Result<(), Self> {
        match rows > most {
            true => Err(Self { rows, most }),
            false => Ok(()),
        }
    }

    /// Refuses a form in which somebody typed more rows than anybody types, counted by the box each of
    /// them has.
    ///
    /// # Errors
    /// Itself.
    pub fn check_typed(form: &Fields, of_row: &str) -> Result<(), Self> {
        Self::check(form.all(of_row).count(), Self::TYPED)
    }
}
