//! Why a file is no rows.

use crate::types::grouped;

/// Why nothing can be read from a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// No file, or nothing in it.
    #[error("The file is empty.")]
    Empty,
    /// More bytes than are read at once.
    #[error(
        "The file has {} MB, and at most 32 MB are read at once. Split it, and keep what \
         belongs together in one part.", .0.div_ceil(1024 * 1024)
    )]
    TooLarge(usize),
    /// More lines than are read at once.
    #[error(
        "The file has more than {} lines, and no more are read at once. Split it, and keep what \
         belongs together in one part.", grouped(.0)
    )]
    ManyLines(usize),
    /// A line that is longer than a line of a table.
    #[error(
        "Line {0} of the file is longer than 100,000 letters, as no line of a table is. Look at the \
         file in a text editor: it must have one line for each row."
    )]
    LongLine(usize),
    /// Something else than text.
    #[error(
        "This is {0} and not a CSV file. Save it as CSV (text with separators) and choose that file."
    )]
    NotText(&'static str),
    /// The disk of the server failed while it was read.
    #[error("The file could not be read just now. Please send it again.")]
    NotNow,
}

impl From<std::io::Error> for Unreadable {
    fn from(error: std::io::Error) -> Self {
        tracing::error!(%error, "a file that was sent cannot be kept, or not be read again");
        Self::NotNow
    }
}
