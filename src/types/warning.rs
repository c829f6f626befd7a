//! What is to be read before something is done to a record.

use super::{EntryId, RecordRef};

/// A note that warns, as it was when it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    pub entry: EntryId,
    /// Of the note: what is changed is to be read again.
    pub version: i32,
    /// What it is about, in a few words.
    pub label: String,
    /// May be empty.
    pub text: String,
    pub record: RecordRef,
    /// Such as `Order SO-000042`.
    pub about: String,
}
