//! What a note or a task says is changed.

use diesel::prelude::*;

use super::mention::mention_anew;
use super::owed::owe_assigned;
use super::{EntryInput, change, lock_one, tell};
use crate::db::Act;
use crate::organizer::queries::{Choices, choices, name_of};
use crate::organizer::{Entry, Error, Paper};
use crate::schema::organizer_entries;
use crate::types::{EntryId, Event, FieldChanged, dates};
use crate::web::Visitor;

/// Writes what a person says over what was said before, as it was in `version`.
///
/// # Errors
/// [`Error::NotYours`], [`Error::Archived`], [`Error::Stale`], and those of writing it first.
pub fn edit(
    act: &mut Act<'_>,
    visitor: &Visitor,
    id: EntryId,
    version: i32,
    input: &EntryInput,
) -> Result<Entry, Error> {
    let before = lock_one(act, id)?;
    if !before.is_editable_by(visitor) {
        return Err(Error::NotYours);
    }
    if before.archived_at.is_some() {
        return Err(Error::Archived);
    }
    if before.version != version {
        return Err(Error::Stale);
    }
    let choices = choices(act)?;
    let is_done = input.check(&choices, Some(&before))?;
    let at = act.at();
    let done_at = is_done.then(|| before.done_at.unwrap_or(at));
    let entry: Entry =
        diesel::update(organizer_entries::table.filter(organizer_entries::id.eq(id)))
            .set((
                input,
                organizer_entries::print_on.eq(input.printed()),
                organizer_entries::changed_at.eq(at),
                organizer_entries::done_at.eq(done_at),
                organizer_entries::version.eq(organizer_entries::version + 1),
            ))
            .returning(Entry::as_returning())
            .get_result(act.conn())?;
    if before.assignee_id != entry.assignee_id {
        owe_assigned(act, &[id], entry.assignee_id)?;
    }
    if before.text != entry.text {
        mention_anew(act, &entry, &choices.named)?;
    }
    let changes = changes(&before, &entry, &choices);
    if !changes.is_empty() {
        tell(act, vec![(&entry, Event::EntryEdited { changes })])?;
    }
    Ok(entry)
}

fn changes(was: &Entry, now: &Entry, choices: &Choices) -> Vec<FieldChanged> {
    let both = said(was, choices).into_iter().zip(said(now, choices));
    both.filter_map(|((what, was), (_, now))| change(what, &was, &now))
        .collect()
}

/// All that an entry says, in words.
fn said(entry: &Entry, choices: &Choices) -> [(&'static str, String); 10] {
    let printed: Vec<&str> = entry.print_on().map(Paper::label).collect();
    let due = entry.due_on.as_ref().map(dates::day);
    let warns = if entry.warns { "yes" } else { "no" };
    let category = name_of(&choices.categories, Some(entry.category_id));
    let priority = name_of(&choices.priorities, Some(entry.priority_id));
    [
        ("kind", entry.kind.label().into()),
        ("label", entry.label.clone()),
        ("text", entry.text.clone()),
        ("category", category.into()),
        ("priority", priority.into()),
        ("status", name_of(&choices.statuses, entry.status_id).into()),
        ("due", due.unwrap_or_default()),
        (
            "assigned to",
            name_of(&choices.people, entry.assignee_id).into(),
        ),
        ("printed on", printed.join(", ")),
        ("warns", warns.into()),
    ]
}
