//! Notes and tasks on any record, which it knows by [`RecordRef`](crate::types::RecordRef) only.
//!
//! Owns `organizer_entries`, `organizer_mentions`, `organizer_reads`, `organizer_tellings` and
//! `organizer_digests`, and what entries choose from:
//! `organizer_categories`, `organizer_priorities` and `organizer_statuses`.
//!
//! Promises: whoever does not see a record sees no entry of it. A note has no status, no day and
//! nobody to do it; a task has a status. Whatever is changed is kept in the history of the entry, or of
//! the list it chooses from, and no entry is ever deleted: what is archived can be restored.
//!
//! Refuses to change what somebody else wrote, but for managers; whoever a task is assigned to says
//! how far it is. Refuses a change that was begun before another one was saved.

mod actions;
mod called;
mod error;
mod forms;
mod letters;
mod mentions;
mod model;
pub mod pages;
mod prose;
mod queries;

pub use actions::{
    EntryInput, ItemInput, To, add, add_category, add_priority, add_status, archive, assign, edit,
    move_item, remove_item, rename, restore, set_status,
};
pub use error::Error;
pub use letters::{tell_at_once, tell_what_is_due};
pub use model::{Entry, EntryKind, Tone, takes_entries};
pub use queries::{Choice, Choices, choices, usual};

pub use crate::types::{ListKind, Paper};
