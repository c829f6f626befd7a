//! A note or a task is written.

use diesel::prelude::*;

use super::mention::mention;
use super::owed::owe_assigned;
use super::{EntryInput, tell};
use crate::db::{Act, limited};
use crate::organizer::queries::{choices, name_of_record};
use crate::organizer::{Entry, Error, takes_entries};
use crate::schema::organizer_entries;
use crate::types::{Event, RecordRef};

/// Writes a note or a task, about a record or about none.
///
/// # Errors
/// [`Error::NoSuchRecord`], [`Error::NotOffered`], [`Error::NoteIsToBeDone`].
pub fn add(
    act: &mut Act<'_>,
    record: Option<RecordRef>,
    input: &EntryInput,
) -> Result<Entry, Error> {
    if let Some(record) = record {
        check_there(act, record)?;
    }
    let choices = choices(act)?;
    let is_done = input.check(&choices, None)?;
    let at = act.at();
    let entry: Entry = diesel::insert_into(organizer_entries::table)
        .values((
            input,
            organizer_entries::print_on.eq(input.printed()),
            organizer_entries::record_kind.eq(record.map(RecordRef::kind)),
            organizer_entries::record_id.eq(record.map(RecordRef::id)),
            organizer_entries::created_by.eq(act.by()),
            organizer_entries::created_at.eq(at),
            organizer_entries::changed_at.eq(at),
            organizer_entries::done_at.eq(is_done.then_some(at)),
        ))
        .returning(Entry::as_returning())
        .get_result(act.conn())?;
    owe_assigned(act, &[entry.id], entry.assignee_id)?;
    mention(act, &entry, &choices.named)?;
    tell(act, vec![(&entry, Event::Created)])?;
    Ok(entry)
}

fn check_there(act: &mut Act<'_>, record: RecordRef) -> Result<(), Error> {
    let limit = act.limit().clone();
    let there = takes_entries(record)
        && limited::shows(act, &limit, &[record])?
        && name_of_record(act, record)?.is_some();
    there.then_some(()).ok_or(Error::NoSuchRecord)
}
