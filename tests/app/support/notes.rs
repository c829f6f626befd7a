//! Writes notes and tasks.

use backfill::organizer::{self, Entry, EntryInput, EntryKind, choices, usual};
use backfill::types::{RecordRef, UserId};
use chrono::NaiveDate;

use super::app::Shop;

impl Shop {
    /// A note about a record.
    pub fn notes(&self, record: RecordRef, label: &str) -> Entry {
        self.writes(Some(record), &self.entry(EntryKind::Note, label))
    }

    /// A task about no record, for somebody, due on a day.
    pub fn task(&self, label: &str, assignee: Option<UserId>, due_on: Option<NaiveDate>) -> Entry {
        let task = EntryInput {
            assignee,
            due_on,
            ..self.entry(EntryKind::Task, label)
        };
        self.writes(None, &task)
    }

    /// Writes an entry.
    pub fn writes(&self, record: Option<RecordRef>, input: &EntryInput) -> Entry {
        self.write(|act| Ok(organizer::add(act, record, input)?))
    }

    /// What a form says that was filled in no further.
    pub fn entry(&self, kind: EntryKind, label: &str) -> EntryInput {
        let choices = self.read(|conn| Ok(choices(conn)?));
        let status = choices.status(false).map(|status| status.id);
        EntryInput {
            kind,
            label: label.into(),
            text: String::new(),
            category: usual(&choices.categories).parse().expect("an id"),
            priority: usual(&choices.priorities).parse().expect("an id"),
            status: status.filter(|_| kind == EntryKind::Task),
            due_on: None,
            assignee: None,
            print_on: Vec::new(),
            warns: false,
        }
    }
}
