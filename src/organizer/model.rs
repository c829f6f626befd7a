//! Entries: notes and tasks.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::schema::organizer_entries;
use crate::types::{
    EntryCategoryId, EntryId, EntryPriorityId, EntryStatusId, Paper, RecordRef, UserId, text_enum,
};
use crate::web::Visitor;

text_enum! {
    /// What an entry is.
    EntryKind {
        /// Something to know.
        Note = "note", "Note";
        /// Something to do.
        Task = "task", "Task";
    }
}

text_enum! {
    /// The colour of the word of a priority or a status.
    Tone {
        Ok = "ok", "Green";
        Warn = "warn", "Orange";
        Bad = "bad", "Red";
        Info = "info", "Blue";
        Quiet = "quiet", "Grey";
    }
}

/// Whether there may be notes and tasks on a record of this kind.
pub const fn takes_entries(record: RecordRef) -> bool {
    !matches!(
        record,
        RecordRef::User(_) | RecordRef::Entry(_) | RecordRef::EntryList(_)
    )
}

/// A note or a task, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = organizer_entries)]
pub struct Entry {
    pub id: EntryId,
    pub kind: EntryKind,
    /// What it is about, in a few words.
    pub label: String,
    /// May be empty.
    pub text: String,
    pub category_id: EntryCategoryId,
    pub priority_id: EntryPriorityId,
    /// None: a note.
    pub status_id: Option<EntryStatusId>,
    pub due_on: Option<NaiveDate>,
    pub assignee_id: Option<UserId>,
    record_kind: Option<String>,
    record_id: Option<i64>,
    print_on: Vec<Option<Paper>>,
    /// It is to be read before something is done to its record.
    pub warns: bool,
    /// None: Backfill itself.
    pub created_by: Option<UserId>,
    pub done_at: Option<DateTime<Utc>>,
    pub archived_at: Option<DateTime<Utc>>,
    /// Goes up with every change.
    pub version: i32,
}

impl Entry {
    /// As history and mails name it.
    pub const fn itself(&self) -> RecordRef {
        RecordRef::Entry(self.id)
    }

    /// What it is about; `None`: no record.
    pub fn record(&self) -> Option<RecordRef> {
        RecordRef::of_row(self.record_kind.as_deref()?, self.record_id?)
    }

    /// The papers it is printed on.
    pub fn print_on(&self) -> impl Iterator<Item = Paper> {
        self.print_on.iter().copied().flatten()
    }

    pub fn is_task(&self) -> bool {
        self.kind == EntryKind::Task
    }

    /// Whether somebody may change what it says.
    pub fn is_editable_by(&self, visitor: &Visitor) -> bool {
        is_editable(self.created_by, visitor)
    }

    /// Whether somebody may say how far it is.
    pub fn is_moved_by(&self, visitor: &Visitor) -> bool {
        self.is_editable_by(visitor) || self.assignee_id == Some(visitor.id)
    }
}

/// Whether somebody may change what was written by somebody.
pub(super) fn is_editable(written_by: Option<UserId>, visitor: &Visitor) -> bool {
    visitor.is_manager() || written_by == Some(visitor.id)
}
