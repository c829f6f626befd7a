//! Notes and tasks are written, changed, done, handed on and archived.

mod add;
mod archive;
mod assign;
mod edit;
mod lists;
mod mention;
mod owed;
mod read;
mod settings;
mod status;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::result::Error::NotFound;

pub use add::add;
pub use archive::{archive, restore};
pub use assign::assign;
pub use edit::edit;
pub use lists::{add_category, add_priority, add_status};
pub use read::read;
pub use settings::{ItemInput, move_item, remove_item, rename};
pub use status::{To, set_status};

use super::queries::{Choice, Choices, chosen};
use super::{Entry, EntryKind, Error, ListKind, Paper};
use crate::db::{Act, announce, limited};
use crate::schema::organizer_entries;
use crate::types::{
    EntryCategoryId, EntryId, EntryPriorityId, EntryStatusId, Event, FieldChanged, ListChange,
    RecordRef, UserId,
};

/// What a person says in a note or a task.
#[derive(Debug, Clone, Insertable, AsChangeset)]
#[diesel(table_name = organizer_entries, treat_none_as_null = true)]
pub struct EntryInput {
    pub kind: EntryKind,
    pub label: String,
    /// May be empty.
    pub text: String,
    #[diesel(column_name = category_id)]
    pub category: EntryCategoryId,
    #[diesel(column_name = priority_id)]
    pub priority: EntryPriorityId,
    /// Of a task.
    #[diesel(column_name = status_id)]
    pub status: Option<EntryStatusId>,
    pub due_on: Option<NaiveDate>,
    /// Who is to do it.
    #[diesel(column_name = assignee_id)]
    pub assignee: Option<UserId>,
    #[diesel(skip_insertion, skip_update)]
    pub print_on: Vec<Paper>,
    pub warns: bool,
}

impl EntryInput {
    /// Refuses what is not offered; what `kept` has already may stay. Returns whether it is done.
    fn check(&self, choices: &Choices, kept: Option<&Entry>) -> Result<bool, Error> {
        offered(&choices.categories, Some(self.category), "category")?;
        offered(&choices.priorities, Some(self.priority), "priority")?;
        let status = offered(&choices.statuses, self.status, "status")?;
        let person = offered(&choices.people, self.assignee, "assignee")?;
        let stays = kept.is_some_and(|kept| kept.assignee_id == self.assignee);
        if person.is_some_and(|person| !person.flag) && !stays {
            return Err(Error::NotOffered("assignee"));
        }
        let is_to_be_done = self.due_on.is_some() || self.assignee.is_some();
        match self.kind {
            EntryKind::Note if is_to_be_done => Err(Error::NoteIsToBeDone),
            EntryKind::Task if status.is_none() => Err(Error::NotOffered("status")),
            _ => Ok(status.is_some_and(|status| status.flag)),
        }
    }

    /// As the database has it.
    fn printed(&self) -> Vec<Option<Paper>> {
        self.print_on.iter().copied().map(Some).collect()
    }
}

/// What is chosen of a list; nothing may be.
fn offered<'a, Id: PartialEq + Copy>(
    of: &'a [Choice<Id>],
    id: Option<Id>,
    field: &'static str,
) -> Result<Option<&'a Choice<Id>>, Error> {
    let Some(id) = id else {
        return Ok(None);
    };
    chosen(of, id).map(Some).ok_or(Error::NotOffered(field))
}

/// Entries, kept from others who would change them. All are there, and seen by who acts.
fn lock(act: &mut Act<'_>, ids: &[EntryId]) -> Result<Vec<Entry>, Error> {
    let ids: BTreeSet<EntryId> = ids.iter().copied().collect();
    let entries: Vec<Entry> = Entry::query()
        .filter(organizer_entries::id.eq_any(&ids))
        .order(organizer_entries::id)
        .for_update()
        .load(act.conn())?;
    let records = entries.iter().filter_map(Entry::record);
    let limit = act.limit().clone();
    let shown = limited::shows(act, &limit, &records.collect::<Vec<_>>())?;
    if entries.len() == ids.len() && shown {
        Ok(entries)
    } else {
        Err(Error::Db(NotFound))
    }
}

/// The same of one.
fn lock_one(act: &mut Act<'_>, id: EntryId) -> Result<Entry, Error> {
    let entry = lock(act, &[id])?.pop();
    entry.ok_or(Error::Db(NotFound))
}

/// Keeps what was done to each of some entries, and tells the pages that show them.
fn tell(act: &mut Act<'_>, events: Vec<(&Entry, Event)>) -> Result<(), Error> {
    let mut topics = BTreeSet::from(["organizer".to_owned()]);
    for (entry, _) in &events {
        topics.insert(entry.itself().to_string());
        topics.extend(entry.record().map(|record| format!("organizer:{record}")));
    }
    let events: Vec<_> = events
        .into_iter()
        .map(|(entry, event)| (entry.itself(), event))
        .collect();
    act.note_each(&events)?;
    announce(act, &topics.into_iter().collect::<Vec<_>>())?;
    Ok(())
}

/// Keeps what was done to one of a list, and tells the pages that offer it.
fn tell_list(
    act: &mut Act<'_>,
    list: ListKind,
    item: &str,
    change: ListChange,
) -> Result<(), Error> {
    let item = item.to_owned();
    act.note(
        RecordRef::EntryList(list),
        &Event::ListChanged { item, change },
    )?;
    Ok(announce(act, &["organizer".into()])?)
}

/// One thing that was changed; none, if it was not.
fn change(what: &str, was: &str, now: &str) -> Option<FieldChanged> {
    (was != now).then(|| FieldChanged {
        what: what.into(),
        was: was.into(),
        now: now.into(),
    })
}
