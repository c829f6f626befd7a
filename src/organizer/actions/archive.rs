//! Notes and tasks go to the archive, and come back.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::{lock_one, tell};
use crate::db::Act;
use crate::organizer::{Entry, Error};
use crate::schema::organizer_entries;
use crate::types::{EntryId, Event};
use crate::web::Visitor;

/// Takes an entry out of sight. Archiving it again changes nothing.
///
/// # Errors
/// [`Error::NotYours`].
pub fn archive(act: &mut Act<'_>, visitor: &Visitor, id: EntryId) -> Result<Entry, Error> {
    let at = act.at();
    set_archived(act, visitor, id, Some(at))
}

/// Brings it back.
///
/// # Errors
/// [`Error::NotYours`].
pub fn restore(act: &mut Act<'_>, visitor: &Visitor, id: EntryId) -> Result<Entry, Error> {
    set_archived(act, visitor, id, None)
}

fn set_archived(
    act: &mut Act<'_>,
    visitor: &Visitor,
    id: EntryId,
    since: Option<DateTime<Utc>>,
) -> Result<Entry, Error> {
    let before = lock_one(act, id)?;
    if !before.is_editable_by(visitor) {
        return Err(Error::NotYours);
    }
    if before.archived_at.is_some() == since.is_some() {
        return Ok(before);
    }
    let entry: Entry =
        diesel::update(organizer_entries::table.filter(organizer_entries::id.eq(id)))
            .set((
                organizer_entries::archived_at.eq(since),
                organizer_entries::changed_at.eq(act.at()),
                organizer_entries::version.eq(organizer_entries::version + 1),
            ))
            .returning(Entry::as_returning())
            .get_result(act.conn())?;
    let event = match since {
        Some(_) => Event::Archived,
        None => Event::Restored,
    };
    tell(act, vec![(&entry, event)])?;
    Ok(entry)
}
