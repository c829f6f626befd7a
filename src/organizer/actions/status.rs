//! How far tasks are.

use diesel::prelude::*;

use super::{change, lock, tell};
use crate::db::Act;
use crate::organizer::queries::{choices, chosen, name_of};
use crate::organizer::{Entry, Error};
use crate::schema::organizer_entries;
use crate::types::{EntryId, EntryStatusId, Event};
use crate::web::Visitor;

/// How far a task is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// The first status of which nothing is left to do.
    Done,
    /// The first of which something is.
    Open,
    Status(EntryStatusId),
}

/// Says how far tasks are, all or none; returns those that were not so far.
///
/// # Errors
/// [`Error::NothingChosen`], [`Error::NotTasks`], [`Error::NotYoursToDo`], [`Error::Archived`],
/// [`Error::NotOffered`].
pub fn set_status(
    act: &mut Act<'_>,
    visitor: &Visitor,
    ids: &[EntryId],
    to: To,
) -> Result<Vec<Entry>, Error> {
    let tasks = tasks(act, ids)?;
    if tasks.iter().any(|task| !task.is_moved_by(visitor)) {
        return Err(Error::NotYoursToDo);
    }
    let choices = choices(act)?;
    let status = match to {
        To::Done => choices.status(true),
        To::Open => choices.status(false),
        To::Status(id) => chosen(&choices.statuses, id),
    };
    let status = status.ok_or(Error::NotOffered("status"))?;
    let others: Vec<Entry> = tasks
        .into_iter()
        .filter(|task| task.status_id != Some(status.id))
        .collect();
    if others.is_empty() {
        return Ok(others);
    }
    let at = act.at();
    let changed: Vec<EntryId> = others.iter().map(|task| task.id).collect();
    diesel::update(organizer_entries::table.filter(organizer_entries::id.eq_any(&changed)))
        .set((
            organizer_entries::status_id.eq(status.id),
            organizer_entries::done_at.eq(status.flag.then_some(at)),
            organizer_entries::changed_at.eq(at),
            organizer_entries::version.eq(organizer_entries::version + 1),
        ))
        .execute(act.conn())?;
    let events = others.iter().map(|task| {
        let was = name_of(&choices.statuses, task.status_id);
        let changes = change("status", was, &status.name).into_iter().collect();
        (task, Event::EntryEdited { changes })
    });
    tell(act, events.collect())?;
    Ok(others)
}

/// Tasks, kept from others who would change them.
pub(super) fn tasks(act: &mut Act<'_>, ids: &[EntryId]) -> Result<Vec<Entry>, Error> {
    if ids.is_empty() {
        return Err(Error::NothingChosen);
    }
    let entries = lock(act, ids)?;
    let notes = entries.iter().filter(|entry| !entry.is_task()).count();
    if notes > 0 {
        return Err(Error::NotTasks(notes));
    }
    if entries.iter().any(|entry| entry.archived_at.is_some()) {
        return Err(Error::Archived);
    }
    Ok(entries)
}
