//! Why a file is no rows.

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
    /// Something else than text.
    #[error(
        "This is {0} and not a CSV file. Save it as CSV (text with separators) and choose that file."
    )]
    NotText(&'static str),
}
