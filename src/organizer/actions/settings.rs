//! What entries choose from is renamed, moved and removed.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use super::{change, tell_list};
use crate::db::{Act, set_based};
use crate::error::OnConstraint;
use crate::organizer::queries::{ListItem, list_items};
use crate::organizer::{Error, ListKind, Tone};
use crate::schema::{
    organizer_categories, organizer_entries, organizer_priorities, organizer_statuses,
};
use crate::types::{EntryId, Event, FieldChanged, ListChange, RecordRef};

/// What one item of a list is called, and how it looks.
#[derive(Debug, Clone)]
pub struct ItemInput {
    pub name: String,
    /// Of a priority or a status.
    pub tone: Tone,
    /// Of a status: nothing is left to do.
    pub is_done: bool,
}

/// Renames an item. Tasks whose status is done now are done, and the other way round.
///
/// # Errors
/// [`Error::NameTaken`], [`Error::OnlyStatus`].
pub fn rename(act: &mut Act<'_>, list: ListKind, id: i64, input: &ItemInput) -> Result<(), Error> {
    let items = locked(act, list)?;
    let before = find(&items, id)?;
    if list == ListKind::Statuses && before.is_done != input.is_done {
        keep_one(&items, before).map_err(|_| Error::OnlyStatus(before.is_done))?;
        set_done(act, id, input.is_done)?;
    }
    let (name, tone) = (&input.name, input.tone);
    let renamed = match list {
        ListKind::Categories => diesel::update(organizer_categories::table)
            .filter(organizer_categories::id.eq(id))
            .set(organizer_categories::name.eq(name))
            .execute(act.conn()),
        ListKind::Priorities => diesel::update(organizer_priorities::table)
            .filter(organizer_priorities::id.eq(id))
            .set((
                organizer_priorities::name.eq(name),
                organizer_priorities::tone.eq(tone),
            ))
            .execute(act.conn()),
        ListKind::Statuses => diesel::update(organizer_statuses::table)
            .filter(organizer_statuses::id.eq(id))
            .set((
                organizer_statuses::name.eq(name),
                organizer_statuses::tone.eq(tone),
                organizer_statuses::is_done.eq(input.is_done),
            ))
            .execute(act.conn()),
    };
    renamed.on_constraint(name_key(list), Error::NameTaken)?;
    match changes(list, before, input) {
        changes if changes.is_empty() => Ok(()),
        changes => tell_list(act, list, &before.name, ListChange::Changed { changes }),
    }
}

fn changes(list: ListKind, was: &ListItem, now: &ItemInput) -> Vec<FieldChanged> {
    let yes = |is: bool| if is { "yes" } else { "no" };
    let tone = change("colour", was.tone.label(), now.tone.label());
    let end = change("means done", yes(was.is_done), yes(now.is_done));
    let all = [
        change("name", &was.name, &now.name),
        tone.filter(|_| list.has_tone()),
        end.filter(|_| list.has_end()),
    ];
    all.into_iter().flatten().collect()
}

/// Gives an item another place: one further up, or one further down.
pub fn move_item(act: &mut Act<'_>, list: ListKind, id: i64, up: bool) -> Result<(), Error> {
    let mut items = locked(act, list)?;
    let at = items.iter().position(|item| item.id == id);
    let at = at.ok_or(Error::Db(diesel::NotFound))?;
    let to = if up { at.checked_sub(1) } else { Some(at + 1) };
    let Some(to) = to.filter(|to| *to < items.len()) else {
        return Ok(());
    };
    items.swap(at, to);
    let last = i32::try_from(items.len()).unwrap_or(i32::MAX);
    let places = (1..).zip(&items).map(|(place, item)| match list {
        // The highest rank stands first.
        ListKind::Priorities => (item.id, last - place + 1),
        _ => (item.id, place),
    });
    let places: Vec<(i64, i32)> = places.collect();
    let sql = match list {
        ListKind::Categories => {
            "update organizer_categories t set position = u.place from :rows where t.id = u.id"
        }
        ListKind::Priorities => {
            "update organizer_priorities t set rank = u.place from :rows where t.id = u.id"
        }
        ListKind::Statuses => {
            "update organizer_statuses t set position = u.place from :rows where t.id = u.id"
        }
    };
    set_based!(sql, &places, |(id, place)| id: BigInt = *id, place: Integer = *place)
        .execute(act.conn())?;
    tell_list(act, list, &items[to].name, ListChange::Moved { up })
}

/// Takes an item from its list; entries that have it get its successor, and keep that in their history.
///
/// # Errors
/// [`Error::NotOffered`], [`Error::LastOfItsKind`].
pub fn remove_item(
    act: &mut Act<'_>,
    list: ListKind,
    id: i64,
    successor: Option<i64>,
) -> Result<(), Error> {
    let items = locked(act, list)?;
    let gone = find(&items, id)?;
    keep_one(&items, gone)?;
    let next = successor.and_then(|next| items.iter().find(|item| item.id == next));
    let Some(next) = next.filter(|next| next.id != id) else {
        return match gone.is_needed() {
            true => Err(Error::NotOffered("successor")),
            false => drop_item(act, list, gone, None),
        };
    };
    let moved: Vec<EntryId> = match list {
        ListKind::Categories => diesel::update(organizer_entries::table)
            .filter(organizer_entries::category_id.eq(id))
            .set(organizer_entries::category_id.eq(next.id))
            .returning(organizer_entries::id)
            .get_results(act.conn())?,
        ListKind::Priorities => diesel::update(organizer_entries::table)
            .filter(organizer_entries::priority_id.eq(id))
            .set(organizer_entries::priority_id.eq(next.id))
            .returning(organizer_entries::id)
            .get_results(act.conn())?,
        ListKind::Statuses => {
            if gone.is_done != next.is_done {
                set_done(act, id, next.is_done)?;
            }
            diesel::update(organizer_entries::table)
                .filter(organizer_entries::status_id.eq(id))
                .set(organizer_entries::status_id.eq(next.id))
                .returning(organizer_entries::id)
                .get_results(act.conn())?
        }
    };
    let changes: Vec<_> = change(list.of_an_entry(), &gone.name, &next.name)
        .into_iter()
        .collect();
    let records: Vec<RecordRef> = moved.into_iter().map(RecordRef::Entry).collect();
    if !records.is_empty() {
        act.note_all(&records, &Event::EntryEdited { changes })?;
    }
    drop_item(act, list, gone, Some(next))?;
    if gone.is_usual && list == ListKind::Priorities {
        diesel::update(organizer_priorities::table)
            .filter(organizer_priorities::id.eq(next.id))
            .set(organizer_priorities::is_usual.eq(true))
            .execute(act.conn())?;
    }
    Ok(())
}

fn drop_item(
    act: &mut Act<'_>,
    list: ListKind,
    gone: &ListItem,
    next: Option<&ListItem>,
) -> Result<(), Error> {
    let id = gone.id;
    match list {
        ListKind::Categories => diesel::delete(organizer_categories::table)
            .filter(organizer_categories::id.eq(id))
            .execute(act.conn())?,
        ListKind::Priorities => diesel::delete(organizer_priorities::table)
            .filter(organizer_priorities::id.eq(id))
            .execute(act.conn())?,
        ListKind::Statuses => diesel::delete(organizer_statuses::table)
            .filter(organizer_statuses::id.eq(id))
            .execute(act.conn())?,
    };
    let successor = next.map(|next| next.name.clone());
    tell_list(act, list, &gone.name, ListChange::Removed { successor })
}

/// Tasks of a status are done from now on, or are to be done again.
fn set_done(act: &mut Act<'_>, status: i64, is_done: bool) -> Result<(), Error> {
    let at = act.at();
    diesel::update(organizer_entries::table)
        .filter(organizer_entries::status_id.eq(status))
        .set(organizer_entries::done_at.eq(is_done.then_some(at)))
        .execute(act.conn())?;
    Ok(())
}

/// A list that nobody else changes before this is done: what must stay in it is true of all of it.
fn locked(act: &mut Act<'_>, list: ListKind) -> QueryResult<Vec<ListItem>> {
    diesel::sql_query(match list {
        ListKind::Categories => "lock table organizer_categories in share row exclusive mode",
        ListKind::Priorities => "lock table organizer_priorities in share row exclusive mode",
        ListKind::Statuses => "lock table organizer_statuses in share row exclusive mode",
    })
    .execute(act.conn())?;
    list_items(act, list)
}

fn find(items: &[ListItem], id: i64) -> Result<&ListItem, Error> {
    let found = items.iter().find(|item| item.id == id);
    found.ok_or(Error::Db(diesel::NotFound))
}

/// Another one of the same kind stays: one that is done, one that is not, one to choose at all.
fn keep_one(items: &[ListItem], gone: &ListItem) -> Result<(), Error> {
    let others = items.iter().filter(|item| item.id != gone.id);
    match others.clone().any(|item| item.is_done == gone.is_done) {
        true => Ok(()),
        false => Err(Error::LastOfItsKind),
    }
}

const fn name_key(list: ListKind) -> &'static str {
    match list {
        ListKind::Categories => "organizer_categories_name_key",
        ListKind::Priorities => "organizer_priorities_name_key",
        ListKind::Statuses => "organizer_statuses_name_key",
    }
}
