//! Who is to do tasks.

use diesel::prelude::*;

use super::owed::owe_assigned;
use super::status::tasks;
use super::{change, tell};
use crate::db::Act;
use crate::organizer::queries::{choices, chosen, name_of};
use crate::organizer::{Entry, Error};
use crate::schema::organizer_entries;
use crate::types::{EntryId, Event, UserId};
use crate::web::Visitor;

/// Gives tasks to somebody, or to nobody, all or none; returns those that were not theirs before.
///
/// # Errors
/// [`Error::NothingChosen`], [`Error::NotTasks`], [`Error::NotYours`], [`Error::Archived`],
/// [`Error::NotOffered`].
pub fn assign(
    act: &mut Act<'_>,
    visitor: &Visitor,
    ids: &[EntryId],
    assignee: Option<UserId>,
) -> Result<Vec<Entry>, Error> {
    let tasks = tasks(act, ids)?;
    if tasks.iter().any(|task| !task.is_editable_by(visitor)) {
        return Err(Error::NotYours);
    }
    let choices = choices(act)?;
    let person = assignee.and_then(|id| chosen(&choices.people, id));
    if assignee.is_some() && !person.is_some_and(|person| person.flag) {
        return Err(Error::NotOffered("assignee"));
    }
    let others: Vec<Entry> = tasks
        .into_iter()
        .filter(|task| task.assignee_id != assignee)
        .collect();
    if others.is_empty() {
        return Ok(others);
    }
    let changed: Vec<EntryId> = others.iter().map(|task| task.id).collect();
    diesel::update(organizer_entries::table.filter(organizer_entries::id.eq_any(&changed)))
        .set((
            organizer_entries::assignee_id.eq(assignee),
            organizer_entries::changed_at.eq(act.at()),
            organizer_entries::version.eq(organizer_entries::version + 1),
        ))
        .execute(act.conn())?;
    let now = name_of(&choices.people, assignee);
    let events = others.iter().map(|task| {
        let was = name_of(&choices.people, task.assignee_id);
        let changes = change("assigned to", was, now).into_iter().collect();
        (task, Event::EntryEdited { changes })
    });
    tell(act, events.collect())?;
    owe_assigned(act, &changed, assignee)?;
    Ok(others)
}
