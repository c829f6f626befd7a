//! What the organizer can be asked.

mod choices;
mod items;
mod list;
mod marks;
mod of_record;
mod shown;
mod unread;

pub use choices::{Choice, Choices, choices, chosen, name_of, usual};
pub use items::{ListItem, list_items};
pub use list::{ENTRY_SORTS, EntryFilter, Seen, Which, entries, entries_chunk};
pub use marks::{MANY_DUE, Mark, due, marks};
pub use of_record::{entries_of, name_of_record};
pub use shown::{Shown, about, entry, shown};
pub use unread::unread;
